package dev.tapeline.server.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SettledTimesTest {

  private static final int MOST = 100;

  private final SettledTimes settled = new SettledTimes();

  @Test
  void whatIsDueAgainIsOpen() {
    settled.add(new FillSpan(10, 20), 1_000, 0);
    assertEquals(
        List.of(new FillSpan(5, 10), new FillSpan(20, 25)), settled.open(new FillSpan(5, 25), 999));
    assertEquals(List.of(new FillSpan(5, 25)), settled.open(new FillSpan(5, 25), 1_000));
  }

  @Test
  void whatWasSaidLastCounts() {
    settled.add(new FillSpan(0, 100), 1_000_000, 0);
    settled.add(new FillSpan(40, 60), 10, 0);
    assertEquals(List.of(), settled.open(new FillSpan(0, 100), 9));
    assertEquals(List.of(new FillSpan(40, 60)), settled.open(new FillSpan(0, 100), 10));
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      settled.add(new FillSpan(10L * i, 10L * i + 5), 1_000_000 + i, 0);
      assertTrue(settled.size() <= SettledTimes.MOST);
    }
  }

  /** As a table of each millisecond says, as long as no two spans become one. */
  @Property(tries = 200)
  void openIsWhatNoSpanCovers(@ForAll long seed) {
    Random random = new Random(seed);
    SettledTimes times = new SettledTimes();
    long[] until = new long[MOST];
    long now = 0;
    for (int i = 0; i < 20; i++) {
      now += random.nextInt(5);
      int from = random.nextInt(MOST);
      int to = from + random.nextInt(MOST - from);
      long due = now + random.nextInt(40);
      times.add(new FillSpan(from, to), due, now);
      Arrays.fill(until, from, to, due);
      boolean[] open = new boolean[MOST];
      for (FillSpan span : times.open(new FillSpan(0, MOST), now)) {
        Arrays.fill(open, (int) span.from(), (int) span.to(), true);
      }
      for (int at = 0; at < MOST; at++) {
        assertEquals(until[at] <= now, open[at]);
      }
    }
  }
}
