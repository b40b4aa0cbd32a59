package dev.tapeline.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.BusRecorder;
import dev.tapeline.core.DurableBusContract;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class EmbeddedDurableBusTest extends DurableBusContract {

  @Override
  protected Bus newBus() {
    return busOf(100);
  }

  private static EmbeddedBus busOf(int maxChannels) {
    return new EmbeddedBus(maxChannels, RULES, System::currentTimeMillis);
  }

  @Test
  void handsOverTheNewestOfEachMatchingChannel() {
    publish("plain", "1");
    appendNumbers("d:a", 2);
    appendNumbers("d:b", 3);
    subscribe("d:*");
    assertEquals(
        List.of("d:a 2", "d:b 3"), recorder.last().stream().map(Publication::toString).toList());
    subscribe("d:b");
    assertEquals("d:b 3", recorder.last().getLast().toString());
  }

  @Test
  void logGivenUpForOthersBeginsAgainInAnotherEpochThatIsTold() {
    bus.close();
    bus = busOf(2);
    bus.start(recorder);
    subscribe("d:a");
    appendNumbers("d:a", 3);
    Position before = all().top();
    append(of("d:b", "1"), of("d:c", "1"));
    append(of("d:a", "new"));
    assertEquals(
        List.of(
            "position d:a 0",
            "subscribed d:a",
            "d:a 1",
            "d:a 2",
            "d:a 3",
            "position d:a 0",
            "d:a new"),
        recorder.events());
    assertEquals(before.epoch(), recorder.positions().getFirst().position().epoch());
    Position after = all().top();
    assertEquals(after.epoch(), recorder.positions().getLast().position().epoch());
    assertEquals(1, after.seq());
    assertNotEquals(before.epoch(), after.epoch());
    assertEquals(before.epoch(), read("d:c", 0, ALL).top().epoch());
  }

  @Test
  void eachBusHasEpochsOfItsOwn() {
    append(of("d:a", "1"));
    try (EmbeddedBus other = busOf(100)) {
      other.start(new BusRecorder());
      String epoch = await(other.log().read("d:a", 0, 1)).top().epoch();
      assertNotEquals(all().top().epoch(), epoch);
    }
  }

  @Test
  void closedBusTakesNothing() {
    bus.close();
    CompletionException refused =
        assertThrows(CompletionException.class, () -> append(of("d:a", "1")));
    assertEquals(BusException.class, refused.getCause().getClass());
    assertEquals(0, all().top().seq());
  }
}
