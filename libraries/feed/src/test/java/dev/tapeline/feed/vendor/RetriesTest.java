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

  private static final List<Duration> TABLE =
      Stream.of(200, 1000, 2000, 5000, 10_000, 20_000, 30_000).map(Duration::ofMillis).toList();

  private final Retries exact = new Retries(TABLE, 0, new SplittableRandom(1));

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
  void jitterStaysWithinItsBounds(@ForAll long seed, @ForAll @DoubleRange(max = 1) double jitter) {
    Retries retries = new Retries(TABLE, jitter, new SplittableRandom(seed));
    for (Duration middle : TABLE) {
      double delay = retries.next().toNanos();
      assertTrue(delay >= middle.toNanos() * (1 - jitter) - 1, () -> delay + " for " + middle);
      assertTrue(delay <= middle.toNanos() * (1 + jitter) + 1, () -> delay + " for " + middle);
    }
  }

  @Test
  void theSameSeedGivesTheSameDelays() {
    List<List<Duration>> runs =
        Stream.of(7, 7, 8)
            .map(seed -> new Retries(TABLE, 0.2, new SplittableRandom(seed)))
            .map(retries -> Stream.generate(retries::next).limit(20).toList())
            .toList();
    assertEquals(runs.get(0), runs.get(1));
    assertNotEquals(runs.get(0), runs.get(2));
  }

  @Test
  void refusesATableWithoutDelays() {
    SplittableRandom random = new SplittableRandom(1);
    assertThrows(IllegalArgumentException.class, () -> new Retries(List.of(), 0, random));
    assertThrows(IllegalArgumentException.class, () -> new Retries(TABLE, 1.1, random));
  }
}
