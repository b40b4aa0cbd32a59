package dev.tapeline.plant.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.BusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BoundedCallsTest {

  private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
  private final BoundedCalls calls = new BoundedCalls("the test", 2, Duration.ofMillis(50));

  @Test
  void noMoreThanTheLimitAreUnderWay() {
    begin(2);
    long start = System.nanoTime();
    begin(1);
    assertTrue(System.nanoTime() - start >= 50_000_000, "waits once");
    begin(5);
    assertEquals(2, underWay.size());
    assertEquals(6, calls.dropped());
  }

  @Test
  void goesOnWhenOneEnds() {
    begin(3);
    underWay.getFirst().complete(null);
    begin(1);
    assertEquals(3, underWay.size());
    assertEquals(1, calls.dropped());
    assertEquals(0, calls.failed());
  }

  @Test
  void failuresAreCountedAndMakeRoom() {
    for (int i = 0; i < 10; i++) {
      calls.call(() -> CompletableFuture.failedFuture(new BusException("away")));
    }
    calls.call(() -> {
      throw new BusException("thrown");
    });
    begin(2);
    assertEquals(11, calls.failed());
    assertEquals(11, calls.losses());
    assertEquals(2, underWay.size());
  }

  private void begin(int count) {
    for (int i = 0; i < count; i++) {
      calls.call(() -> {
        CompletableFuture<Void> call = new CompletableFuture<>();
        underWay.add(call);
        return call;
      });
    }
  }
}
