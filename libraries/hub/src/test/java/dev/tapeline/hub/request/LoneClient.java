package dev.tapeline.hub.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Folds;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.hub.frame.FrameRate;
import dev.tapeline.hub.frame.Framing;
import dev.tapeline.hub.frame.Mode;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.frame.TextEnvelope;
import dev.tapeline.hub.lane.Lane;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.lane.SessionListener;
import dev.tapeline.hub.request.SubscriptionRequest.Start;
import dev.tapeline.hub.topic.Hub;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One client of a hub without sockets and threads: the bus is called, and time goes by, when the
 * test says so. Channels {@code d:*} keep a log of {@value #LOGGED} publications.
 */
final class LoneClient implements SessionListener {

  static final int LOGGED = 50;

  private static final DurableRules RULES =
      new DurableRules(
          List.of(
              new DurableRules.Rule(
                  Selector.parse("d:*"),
                  new LogBounds(LOGGED, Duration.ofHours(1), 1 << 20),
                  DurableRules.Plain.ADOPT)));
  private static final String EVENT = "data: ";

  final EmbeddedBus bus = new EmbeddedBus(100, RULES, System::currentTimeMillis);
  final Session session;
  private final Queue<Runnable> calls = new ArrayDeque<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<SubscriptionGrant> granted = new ArrayList<>();

  LoneClient() {
    channel.freezeTime();
    Hub hub =
        new Hub(
            new Hub.Limits(100, 100, 100, 100, 1 << 10, 1 << 30, 1 << 16, 1L << 40, List.of()),
            new KindRules(List.of(KindRules.Rule.of("market:tick:*", ChannelKind.STATE))),
            Folds.NONE,
            bus,
            calls::add);
    Lane lane = Lane.on(channel.eventLoop(), hub, nanos -> {});
    hub.start(state -> {});
    session = lane.open(channel, channel, Framing.EVENTS, this);
  }

  @Override
  public void onTooManyMatches() {
    throw new AssertionError("more matches than a client may have");
  }

  @Override
  public void onTooSlow() {
    throw new AssertionError("too slow");
  }

  /** Publishes these numbers, in a hundred bytes each, and lets the client have them. */
  void publish(String name, long from, long to) {
    publishUnseen(name, from, to);
    settle();
  }

  /** The same while the lane is busy elsewhere. */
  void publishUnseen(String name, long from, long to) {
    bus.publish(
        IntStream.rangeClosed((int) from, (int) to)
            .mapToObj(n -> Publication.of(name, "\"%0100d\"".formatted(n)))
            .toList());
  }

  void request(String selector, boolean snapshot, @Nullable Start start) {
    request(selector, Options.all(snapshot, TextEnvelope.INSTANCE), start);
  }

  private void request(String selector, Options options, @Nullable Start start) {
    SubscribeCall.start(
        session,
        List.of(new SubscriptionRequest(Selector.parse(selector), options, start)),
        granted::addAll);
  }

  /** Subscribes in mode {@code latest}. */
  SubscriptionGrant subscribeLatest(String selector, FrameRate rate) {
    request(selector, new Options(Mode.LATEST, rate, false, TextEnvelope.INSTANCE), null);
    settle();
    return answer();
  }

  SubscriptionGrant subscribe(String selector) {
    return subscribe(selector, false, null);
  }

  SubscriptionGrant subscribe(String selector, boolean snapshot, @Nullable Start start) {
    request(selector, snapshot, start);
    settle();
    return answer();
  }

  /** The one answer that has come. */
  SubscriptionGrant answer() {
    assertEquals(1, granted.size());
    return granted.removeFirst();
  }

  boolean isAnswered() {
    return !granted.isEmpty();
  }

  /** Calls the bus, and gives the lane what it needs: rounds, and the time of a gathering. */
  void settle() {
    for (int round = 0; round < 6; round++) {
      callBus();
      runLane();
      channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
    }
  }

  void callBus() {
    while (!calls.isEmpty()) {
      calls.remove().run();
    }
  }

  void runLane() {
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  void passSeconds(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    runLane();
  }

  /** The frames that have come since the last call. */
  List<String> frames() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      all.append(out.toString(StandardCharsets.UTF_8));
      out.release();
    }
    return all.toString()
        .lines()
        .filter(line -> line.startsWith(EVENT))
        .map(line -> line.substring(EVENT.length()))
        .toList();
  }

  /** The numbers of the publications that have come since the last call, which come alone. */
  List<Long> numbers() {
    return frames().stream().map(f -> Long.valueOf(f.substring(0, f.indexOf(' ')))).toList();
  }
}
