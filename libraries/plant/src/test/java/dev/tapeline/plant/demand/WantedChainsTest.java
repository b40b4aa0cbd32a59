package dev.tapeline.plant.demand;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.ChainKey;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WantedChainsTest {

  private final Set<String> wanted = new HashSet<>();
  private final BooleanSupplier isWanted =
      new WantedChains(wanted::contains).of(new ChainKey("NIFTY", LocalDate.of(2026, 12, 8)));

  @Test
  void eachOfItsChannelsWantsIt() {
    assertFalse(isWanted.getAsBoolean());
    for (String channel :
        Set.of(
            "option-chain:NIFTY:2026-12-08",
            "chain:NIFTY:2026-12-08",
            "tapeline:chain-state:NIFTY:2026-12-08",
            "ivdex:NIFTY")) {
      wanted.add(channel);
      assertTrue(isWanted.getAsBoolean(), channel);
      wanted.clear();
    }
  }

  @Test
  void othersDoNot() {
    wanted.addAll(
        Set.of("option-chain:NIFTY:2026-12-15", "chain:BANKNIFTY:2026-12-08", "ivdex:BANKNIFTY"));
    assertFalse(isWanted.getAsBoolean());
  }
}
