package dev.tapeline.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Append;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.ChannelLog.Extract;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Fence;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EmbeddedLogTest {

  private static final LogBounds BOUNDS = new LogBounds(6, Duration.ofSeconds(60), 200);
  private static final DurableRules RULES =
      new DurableRules(
          List.of(new DurableRules.Rule(Selector.parse("*"), BOUNDS, DurableRules.Plain.ADOPT)));

  private long millis = 1_700_000_000_000L;
  private EmbeddedLog log = logOf(1_000, 1 << 20);

  private EmbeddedLog logOf(int maxChannels, long maxBytes) {
    return new EmbeddedLog(maxChannels, maxBytes, RULES, () -> millis);
  }

  /** One step on a log: time passes, something is appended, and then all is read. */
  record Step(
      String channel, int size, String id, long version, long pause, long after, int limit) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.integers().between(0, 120),
            Arbitraries.of("", "", "k", "l", "m"),
            Arbitraries.of(0L, 0L, 1L, 2L, 3L, 4L),
            Arbitraries.of(-500L, 0L, 0L, 1L, 700L, 20_000L, 59_999L, 60_000L, 120_000L),
            Arbitraries.longs().between(0, 40),
            Arbitraries.integers().between(0, 8))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 500)
  void answersAsTheModelDoes(@ForAll("steps") List<Step> steps) {
    Map<String, LogModel> models = new HashMap<>();
    EmbeddedLog tested = logOf(10, 1 << 20);
    long latest = 0;
    for (Step step : steps) {
      millis += step.pause();
      latest = Math.max(latest, millis);
      LogModel model = models.computeIfAbsent(step.channel(), _ -> new LogModel(BOUNDS));
      String text = "x".repeat(step.size());
      assertEquals(
          model.append(text, step.id(), step.version(), latest),
          told(tested.put(append(step, text))));
      assertEquals(
          model.after(step.after(), step.limit(), latest),
          logged(now(tested.read(step.channel(), step.after(), step.limit()))));
      long since = latest - step.after() * 2_000;
      Extract extract = now(tested.readSince(step.channel(), since, step.limit()));
      assertEquals(model.since(since, step.limit(), latest), logged(extract));
      assertEquals(model.oldest(), extract.oldest());
    }
  }

  private static Append append(Step step, String text) {
    Append append = Append.of(Publication.of(step.channel(), text)).withVersion(step.version());
    return step.id().isEmpty() ? append : append.withId(step.id());
  }

  private static String told(Append.Result result) {
    return switch (result) {
      case Append.Result.Logged(Position position) -> "logged " + position.seq();
      case Append.Result.Repeated(Position first) -> "repeated " + first.seq();
      case Append.Result.Outdated(Position top) -> "outdated " + top.seq();
      case Append.Result.Fenced(long token) -> "fenced " + token;
    };
  }

  private static List<LogModel.Logged> logged(Extract extract) {
    return extract.entries().stream()
        .map(entry -> new LogModel.Logged(seq(entry), entry.publication().text(), entry.millis()))
        .toList();
  }

  private static long seq(ChannelLog.Entry entry) {
    Position position = entry.publication().position();
    return position == null ? -1 : position.seq();
  }

  @Property(tries = 200)
  void memoryStaysWithinTheTotal(@ForAll("steps") List<Step> steps) {
    EmbeddedLog tested = logOf(1_000, 3_000);
    int i = 0;
    for (Step step : steps) {
      String channel = step.channel() + i++ % 7;
      tested.put(Append.of(Publication.of(channel, "x".repeat(step.size()))));
      assertTrue(tested.stats().bytes() <= 3_000, () -> tested.stats().toString());
      assertTrue(now(tested.read(channel, 0, 10)).top().seq() > 0);
    }
  }

  @Test
  void timeNeverGoesBack() {
    append("a", "1");
    millis -= 5_000;
    append("a", "2");
    millis += 5_001;
    append("a", "3");
    long first = 1_700_000_000_000L;
    assertEquals(
        List.of(first, first, first + 1),
        now(log.read("a", 0, 10)).entries().stream().map(ChannelLog.Entry::millis).toList());
  }

  @Test
  void idIsForgottenAfterTwoMinutes() {
    Append append = Append.of(Publication.of("a", "x")).withId("k");
    assertEquals("logged 1", told(log.put(append)));
    millis += 119_999;
    assertEquals("repeated 1", told(log.put(append)));
    millis += 1;
    assertEquals("logged 2", told(log.put(append)));
  }

  @Test
  void manyIdsGoBeforeTheirTimeAndAreCounted() {
    for (int i = 0; i < RecentIds.MAX_IDS + 3; i++) {
      log.put(Append.of(Publication.of("a", "x")).withId("" + i));
    }
    assertEquals(3, log.stats().idsForgotten());
    long full = log.stats().bytes();
    millis += RecentIds.KEPT_MILLIS;
    append("a", "x");
    assertTrue(log.stats().bytes() < full / 100, log.stats().toString());
    assertEquals(3, log.stats().idsForgotten());
  }

  @Test
  void logLongestWithoutAPublicationGoesFirst() {
    log = logOf(2, 1 << 20);
    append("a", "1");
    append("b", "1");
    append("a", "2");
    append("c", "1");
    assertEquals(2, top("a").seq());
    assertEquals(0, top("b").seq());
    assertEquals(1, top("c").seq());
    assertNotEquals(top("a").epoch(), top("b").epoch());
    assertEquals(new LogStats(2, log.stats().bytes(), 0, 1, 0), log.stats());
  }

  @Test
  void readingKeepsNoLogAlive() {
    log = logOf(2, 1 << 20);
    append("a", "1");
    append("b", "1");
    assertEquals(1, top("a").seq());
    append("c", "1");
    assertEquals(0, top("a").seq());
  }

  @Test
  void whatHasExpiredGoesBeforeAWholeLog() {
    log = logOf(10, 2_200);
    append("a", "x".repeat(180));
    millis += 60_000;
    append("b", "x".repeat(180));
    append("c", "x".repeat(1));
    assertEquals(0, log.stats().evicted(), log.stats().toString());
    assertEquals(1, log.stats().trimmed());
    assertEquals(1, top("a").seq());
  }

  @Test
  void whatIsTrimmedIsCounted() {
    IntStream.range(0, 10).forEach(i -> append("a", "" + i));
    assertEquals(4, log.stats().trimmed());
    assertEquals(1, log.stats().channels());
  }

  @Test
  void noMoreLeasesThanCanBeKnown() {
    Append append = Append.of(Publication.of("a", "x"));
    for (int i = 0; i < EmbeddedLog.MAX_LEASES; i++) {
      log.put(append.withFence(new Fence("lease" + i, 1)));
    }
    CompletionStage<?> stage = log.append(List.of(append.withFence(new Fence("one more", 1))));
    Throwable refused = assertThrows(CompletionException.class, () -> now(stage)).getCause();
    assertTrue(String.valueOf(refused.getMessage()).contains("one more"), refused::toString);
    log.put(append.withFence(new Fence("lease0", 2)));
    assertEquals("fenced 2", told(log.put(append.withFence(new Fence("lease0", 1)))));
  }

  private void append(String channel, String text) {
    log.put(Append.of(Publication.of(channel, text)));
  }

  private Position top(String channel) {
    return now(log.read(channel, 0, 0)).top();
  }

  /** What an embedded log answers, which it does at once. */
  private static <T> T now(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    assertTrue(future.isDone());
    return future.join();
  }
}
