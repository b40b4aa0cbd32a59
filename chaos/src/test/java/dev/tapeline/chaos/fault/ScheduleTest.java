package dev.tapeline.chaos.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Property(tries = 100)
  void aSeedReplays(@ForAll long seed) {
    assertEquals(Schedule.of(seed, 2), Schedule.of(seed, 2));
    assertNotEquals(Schedule.of(seed, 2), Schedule.of(seed + 1, 2));
  }

  @Property(tries = 100)
  void itEndsAfterItsLastStep(@ForAll long seed) {
    Schedule schedule = Schedule.of(seed, 2);
    assertTrue(
        schedule.steps().stream()
            .allMatch(step -> step.atMillis() + step.lastsMillis() <= schedule.millis()));
  }

  @Test
  void eachFaultComes() {
    Set<Fault> seen = EnumSet.noneOf(Fault.class);
    for (long seed = 0; seed < 100; seed++) {
      Schedule.of(seed, 2).steps().forEach(step -> seen.add(step.fault()));
    }
    assertEquals(EnumSet.allOf(Fault.class), seen);
  }
}
