package dev.tapeline.simulate.deribit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CreditsTest {

  @Test
  void creditsComeBackUpToTheMost() {
    AtomicLong now = new AtomicLong();
    Credits credits = new Credits(new DeribitOptions.Pool(6, 3, 3), now::get);
    assertEquals(
        List.of(true, true, false), List.of(credits.take(), credits.take(), credits.take()));
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertEquals(List.of(true, false), List.of(credits.take(), credits.take()));
    now.addAndGet(TimeUnit.SECONDS.toNanos(100));
    assertEquals(
        List.of(true, true, false), List.of(credits.take(), credits.take(), credits.take()));
  }
}
