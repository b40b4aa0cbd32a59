package dev.tapeline.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusContract;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Publication;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedBusTest extends BusContract {

  @Override
  protected Bus newBus() {
    return new EmbeddedBus(3);
  }

  @Test
  void handsOverTheNewestOfEachMatchingChannel() {
    publish("m:a", 1);
    publish("m:a", 2);
    publish("m:b", 3);
    publish("n", 4);
    subscribe("m:*");
    assertEquals(
        List.of("m:a 2", "m:b 3"), recorder.last().stream().map(Publication::toString).toList());
  }

  @Test
  void forgetsTheChannelLongestWithoutAPublication() {
    publish("a", 1);
    publish("b", 2);
    publish("c", 3);
    publish("a", 4);
    publish("d", 5);
    subscribe("*");
    assertEquals(
        List.of("c 3", "a 4", "d 5"), recorder.last().stream().map(Publication::toString).toList());
  }

  @Test
  void newestValuesStayWithinTheirBytes() {
    try (EmbeddedBus bounded = new EmbeddedBus(1_000, 1 << 16, DurableRules.NONE, () -> 0)) {
      bounded.start(Bus.Listener.DEAF);
      for (int i = 0; i < 100; i++) {
        bounded.publish(List.of(Publication.of("c" + i, "x".repeat(4_096))));
      }
      StoreStats held = bounded.newestHeld();
      assertTrue(held.bytes() <= 1 << 15, held.toString());
      assertEquals(100, held.entries() + held.evicted());
    }
  }
}
