package dev.tapeline.feed.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static final RetryTable EXACT =
      RetryTable.millis(200, 1000, 2000, 5000, 10_000, 20_000, 30_000);
  private static final List<Duration> TABLE = EXACT.waits();

  private final Retries exact = Retries.exact(EXACT);

  @Test
  void followsTheTableAndRepeatsItsLastDelay() {
    List<Duration> delays = Stream.generate(exact::next).limit(9).toList();
    assertEquals(TABLE, delays.subList(0, 7));
    assertEquals(List.of(TABLE.getLast(), TABLE.getLast()), delays.subList(7, 9));
  }

  @Test
  void beginsAgainAfterAMinuteOfData() {
    exact.next();
    exact.next();
    exact.alive(1_000);
    exact.alive(60_999);
    assertEquals(TABLE.get(2), exact.next());
    exact.alive(70_000);
    exact.alive(130_000);
    assertEquals(TABLE.get(0), exact.next());
  }

  @Test
  void dataBeforeATryDoesNotCountForTheNext() {
    exact.next();
    exact.alive(0);
    exact.alive(59_000);
    exact.next();
    exact.alive(61_000);
    assertEquals(TABLE.get(2), exact.next());
  }

  @Test
  void beginsAgainWhenItIsToldSo() {
    exact.next();
    exact.next();
    exact.reset();
    assertEquals(TABLE.get(0), exact.next());
  }

  @Property
  void jitterNeverShortensAWait(@ForAll long seed, @ForAll @DoubleRange(max = 1) double jitter) {
    Retries retries = new Retries(EXACT.withJitter(jitter), new SplittableRandom(seed));
    for (Duration wait : TABLE) {
      double delay = retries.next().toNanos();
      assertTrue(delay >= wait.toNanos(), () -> delay + " for " + wait);
      assertTrue(delay <= wait.toNanos() * (1 + jitter) + 1, () -> delay + " for " + wait);
    }
  }

  @Test
  void theSameSeedGivesTheSameDelays() {
    List<List<Duration>> runs =
        Stream.of(7, 7, 8)
            .map(seed -> new Retries(EXACT.withJitter(0.2), new SplittableRandom(seed)))
            .map(retries -> Stream.generate(retries::next).limit(20).toList())
            .toList();
    assertEquals(runs.get(0), runs.get(1));
    assertNotEquals(runs.get(0), runs.get(2));
  }

  @Test
  void countsAttempts() {
    exact.next();
    exact.next();
    assertEquals(2, exact.attempts());
    exact.reset();
    assertEquals(0, exact.attempts());
  }

  @Test
  void doublingEndsAtTheLongestWait() {
    assertEquals(
        RetryTable.seconds(1, 2, 4, 8, 16, 32, 60),
        RetryTable.doubling(Duration.ofSeconds(1), Duration.ofMinutes(1)));
    assertEquals(
        RetryTable.seconds(1), RetryTable.doubling(Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  @Test
  void refusesImpossibleTables() {
    assertThrows(IllegalArgumentException.class, RetryTable::millis);
    assertThrows(IllegalArgumentException.class, () -> RetryTable.seconds(1, -1));
    assertThrows(IllegalArgumentException.class, () -> EXACT.withJitter(1.1));
    assertThrows(IllegalArgumentException.class, () -> Retries.exact(EXACT.withJitter(0.1)));
  }
}
