package dev.tapeline.hub.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChoresTest {

  @Test
  void eachStepIsDoneAndALongOneLetsTheOthersIn() {
    Chores chores = new Chores();
    AtomicInteger steps = new AtomicInteger();
    AtomicBoolean other = new AtomicBoolean();
    chores.add(() -> {
      spin(1);
      return steps.incrementAndGet() < 100;
    });
    chores.add(() -> {
      other.set(true);
      return false;
    });
    while (!other.get()) {
      chores.doSome();
    }
    assertTrue(steps.get() < 100, steps + " steps before the other one");
    while (!chores.isEmpty()) {
      chores.doSome();
    }
    assertEquals(100, steps.get());
  }

  private static void spin(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
