package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.watch.InstrumentFinder;
import dev.tapeline.server.vendor.SymbolRange;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The finder with a source that can price whatever has a symbol of pairs. */
class SymbolFinderTest {

  private final Instruments instruments = new Instruments(100, "bus");
  private final SymbolFinder finder =
      new SymbolFinder(
          instruments,
          Map.of("binance", symbol -> symbol.endsWith("USDT") ? Instrument.binance(symbol) : null));

  private static void assertIsBitcoin(InstrumentFinder.Found found) {
    assertNotNull(found);
    assertEquals("binance", found.source());
    assertEquals("BINANCE:BTCUSDT", found.instrument().key());
  }

  @Test
  void aSymbolThatASourceCanPriceIsFound() {
    assertIsBitcoin(finder.find("BTCUSDT"));
    assertNull(finder.find("RELIANCE"));
  }

  @Test
  void aKeyThatASourceCanPriceIsFoundAlthoughNobodyHasNamedItsSymbol() {
    assertIsBitcoin(finder.findKey("BINANCE:BTCUSDT"));
    assertNull(finder.findKey("NSE_EQ:BTCUSDT"));
    assertNull(finder.findKey("BINANCE:RELIANCE"));
    assertNull(new SymbolFinder(instruments, Map.of("dhan", SymbolRange.KNOWN)).findKey("X:Y"));
  }

  @Test
  void aKnownKeyIsFound() {
    instruments.add("binance", Instrument.binance("BTCUSDT"));
    assertIsBitcoin(finder.findKey("BINANCE:BTCUSDT"));
  }
}
