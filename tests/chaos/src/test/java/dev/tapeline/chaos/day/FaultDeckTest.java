package dev.tapeline.chaos.day;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.chaos.day.VendorFault.Effect;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FaultDeckTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static List<String> labels(FaultDeck deck, Effect effect, int count) {
    return Stream.generate(() -> Objects.requireNonNull(deck.next(effect)).label())
        .limit(count)
        .toList();
  }

  private static long count(Effect effect) {
    return VendorFault.of(VendorName.DHAN).stream()
        .filter(fault -> fault.effect() == effect)
        .count();
  }

  @Test
  void eachComesOnceBeforeAnyComesAgain() {
    FaultDeck deck = new FaultDeck(VendorName.DHAN, new Random(1));
    int all = (int) count(Effect.GENTLE);
    assertEquals(all, new HashSet<>(labels(deck, Effect.GENTLE, all)).size());
    assertEquals(all, new HashSet<>(labels(deck, Effect.GENTLE, all)).size());
  }

  @Test
  void theOrderFollowsFromTheSeed() {
    assertEquals(
        labels(new FaultDeck(VendorName.DHAN, new Random(7)), Effect.ENDING, 30),
        labels(new FaultDeck(VendorName.DHAN, new Random(7)), Effect.ENDING, 30));
  }

  @Test
  void aHarshOneComesOnce() {
    FaultDeck deck = new FaultDeck(VendorName.DHAN, new Random(1));
    assertNotNull(labels(deck, Effect.HARSH, (int) count(Effect.HARSH)));
    assertNull(deck.next(Effect.HARSH));
  }

  @Test
  void allKindsOfTheSimulatorsAreThere() {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    for (VendorName vendor : VendorName.values()) {
      VendorFault.of(vendor).stream()
          .flatMap(fault -> fault.bodies().stream())
          .forEach(body -> kinds.add(Fault.parse(JSON.readTree(body)).kind()));
    }
    assertEquals(EnumSet.allOf(FaultKind.class), kinds);
  }
}
