package dev.tapeline.core;

import dev.tapeline.core.ChannelLog.Extract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A started bus with durable channels, and the helpers of its tests. */
abstract class DurableRig {

  /** Channels that begin with {@code d:} are durable, with tight bounds where the name says so. */
  protected static final DurableRules RULES =
      new DurableRules(
          List.of(
              rule("d:short*", new LogBounds(5, Duration.ofHours(1), 1 << 20)),
              rule("d:brief*", new LogBounds(1_000, Duration.ofSeconds(1), 1 << 20)),
              rule("d:small*", new LogBounds(1_000, Duration.ofHours(1), 1_000)),
              rule("d:*", new LogBounds(20_000, Duration.ofHours(1), 4 << 20))));

  protected static final int ALL = 100_000;

  protected Bus bus;

  protected BusRecorder recorder;

  private static DurableRules.Rule rule(String selector, LogBounds bounds) {
    return new DurableRules.Rule(Selector.parse(selector), bounds, DurableRules.Plain.ADOPT);
  }

  /** A bus with {@link #RULES} that is not started. */
  protected abstract Bus newBus() throws Exception;

  @BeforeEach
  void startBus() throws Exception {
    bus = newBus();
    recorder = new BusRecorder();
    bus.start(recorder);
    recorder.await(() -> bus.state() == Bus.State.UP);
  }

  @AfterEach
  void closeBus() {
    bus.close();
  }

  /** Subscribes and waits until the bus confirms. */
  protected void subscribe(String selector) {
    bus.subscribe(Selector.parse(selector));
    recorder.await(() -> recorder.subscribed().contains(selector));
  }

  protected static Append of(String channel, String text) {
    return Append.of(Publication.of(channel, text));
  }

  protected List<Append.Result> append(Append... appends) {
    return await(bus.log().append(List.of(appends)));
  }

  /** Logs the texts 1, 2, 3… in one batch. */
  protected void appendNumbers(String channel, int count) {
    append(
        IntStream.rangeClosed(1, count).mapToObj(i -> of(channel, "" + i)).toArray(Append[]::new));
  }

  protected void publish(String channel, String text) {
    await(bus.publish(List.of(Publication.of(channel, text))));
  }

  protected Extract read(String channel, long after, int limit) {
    return await(bus.log().read(channel, after, limit));
  }

  protected Extract all() {
    return read("d:a", 0, ALL);
  }

  protected Extract readSince(long millis, int limit) {
    return await(bus.log().readSince("d:a", millis, limit));
  }

  protected static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** The publications received on a channel, as text and number. */
  protected List<String> delivered(String channel) {
    return recorder.publications().stream()
        .filter(publication -> publication.channel().equals(channel))
        .map(publication -> publication.text() + "#" + at(publication).seq())
        .toList();
  }

  protected static Position at(Publication publication) {
    Position position = publication.position();
    if (position == null) {
      throw new AssertionError(publication + " came without a position");
    }
    return position;
  }

  protected static List<String> texts(Extract extract) {
    return extract.entries().stream().map(entry -> entry.publication().text()).toList();
  }

  protected static Position logged(Append.Result result) {
    if (result instanceof Append.Result.Logged(Position position)) {
      return position;
    }
    throw new AssertionError("not logged: " + result);
  }

  protected static List<Long> seqs(List<Append.Result> results) {
    return results.stream().map(result -> logged(result).seq()).toList();
  }

  protected static String epoch(Append.Result result) {
    return logged(result).epoch();
  }

  protected static List<Integer> bytes(byte[] payload) {
    return IntStream.range(0, payload.length).mapToObj(i -> (int) payload[i]).toList();
  }
}
