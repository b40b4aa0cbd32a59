package dev.tapeline.simulate.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private final AtomicLong now = new AtomicLong();
  private final Faults faults = new Faults(now::get);

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private List<FaultKind> forMessage(int socket) {
    return faults.takeForMessage(socket).stream().map(Fault::kind).toList();
  }

  @Test
  void aFaultHappensOnceUnlessItSaysOtherwise() {
    faults.add(Fault.of(FaultKind.GAP));
    faults.add(Fault.of(FaultKind.TRUNCATE).times(2));
    assertEquals(List.of(FaultKind.GAP, FaultKind.TRUNCATE), forMessage(1));
    assertEquals(List.of(FaultKind.TRUNCATE), forMessage(1));
    assertEquals(List.of(), forMessage(1));
  }

  @Test
  void aFaultMayLast() {
    faults.add(Fault.of(FaultKind.SILENCE).lasting(5));
    assertEquals(List.of(FaultKind.SILENCE), forMessage(1));
    pass(4);
    assertTrue(faults.isSilent(1));
    pass(1);
    assertFalse(faults.isSilent(1));
    assertEquals(List.of(), faults.kinds());
  }

  @Test
  void aFaultMayBeForOneSocket() {
    faults.add(Fault.of(FaultKind.GAP).on(2));
    assertEquals(List.of(), forMessage(1));
    assertEquals(List.of(FaultKind.GAP), forMessage(2));
  }

  @Test
  void answersAndConnectionsHaveTheirOwn() {
    faults.add(Fault.of(FaultKind.STATUS).with(503));
    faults.add(Fault.of(FaultKind.REFUSE));
    assertEquals(List.of(), forMessage(1));
    assertTrue(faults.takeRefusal());
    assertFalse(faults.takeRefusal());
    Fault answer = faults.takeForAnswer();
    assertEquals(503, answer == null ? 0 : answer.status());
    assertEquals(List.of(), faults.kinds());
  }

  @Test
  void thereAreNotTooMany() {
    for (int i = 0; i < Faults.MAX_ACTIVE; i++) {
      faults.add(Fault.of(FaultKind.GAP));
    }
    assertThrows(IllegalStateException.class, () -> faults.add(Fault.of(FaultKind.GAP)));
    faults.clear();
    assertEquals(List.of(), faults.kinds());
  }

  @Test
  void badFaultsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> FaultKind.parse("earthquake"));
    assertThrows(IllegalArgumentException.class, () -> Fault.of(FaultKind.GAP).lasting(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Fault.of(FaultKind.GAP).times(-1));
    assertThrows(IllegalArgumentException.class, () -> Fault.of(FaultKind.LAG).late(-1));
  }

  @Test
  void kindsHaveTheirNames() {
    for (FaultKind kind : FaultKind.values()) {
      assertEquals(kind, FaultKind.parse(kind.word()));
    }
  }

  @Property
  boolean aCountedFaultHappensThatOften(@ForAll @IntRange(min = 1, max = 50) int count) {
    Faults some = new Faults(() -> 0);
    some.add(Fault.of(FaultKind.BITFLIP).times(count));
    int used = 0;
    while (!some.takeForMessage(1).isEmpty()) {
      used++;
    }
    return used == count;
  }
}
