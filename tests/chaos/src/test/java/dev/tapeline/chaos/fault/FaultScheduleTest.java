package dev.tapeline.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.chaos.fault.Store.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

  @Property(tries = 100)
  void aSeedReplays(@ForAll long seed, @ForAll Kind kind) {
    assertEquals(FaultSchedule.of(seed, 2, kind), FaultSchedule.of(seed, 2, kind));
    assertNotEquals(FaultSchedule.of(seed, 2, kind), FaultSchedule.of(seed + 1, 2, kind));
  }

  @Property(tries = 100)
  void itEndsAfterItsLastStep(@ForAll long seed, @ForAll Kind kind) {
    FaultSchedule schedule = FaultSchedule.of(seed, 2, kind);
    assertTrue(
        schedule.steps().stream()
            .allMatch(step -> step.atMillis() + step.lastsMillis() <= schedule.millis()));
  }

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void eachFaultComes(@ForAll Kind kind) {
    Set<Fault> seen = EnumSet.noneOf(Fault.class);
    for (long seed = 0; seed < 100; seed++) {
      FaultSchedule.of(seed, 2, kind).steps().forEach(step -> seen.add(step.fault()));
    }
    assertEquals(EnumSet.copyOf(Fault.of(kind)), seen);
  }

  @Test
  void seedsOfASingleServerStayWhatTheyAre() {
    assertEquals(
        List.of(
            "FREEZE_REDIS of 1 at 1973 ms for 452 ms, strength 91",
            "CUT_LINK of 1 at 3792 ms for 1491 ms, strength 30"),
        FaultSchedule.of(7, 2, Kind.SINGLE).steps().stream()
            .map(FaultSchedule.Step::toString)
            .toList());
  }
}
