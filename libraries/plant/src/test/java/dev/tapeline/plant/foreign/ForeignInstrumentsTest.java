package dev.tapeline.plant.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.instrument.ListedInstruments;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeignInstrumentsTest {

  private final Instruments instruments = new Instruments(100, BusFeed.SOURCE);
  private final ForeignInstruments foreign = new ForeignInstruments(instruments, 2);

  private String key(String symbol, String key) {
    return foreign.instrument(symbol, key, false).key();
  }

  @Test
  void aKeyThatIsToldLaterIsTaken() {
    assertEquals("BUS:ACME", key("ACME", null));
    assertEquals("NSE_EQ:777", key("ACME", "NSE_EQ:777"));
    assertInstanceOf(Instrument.Share.class, instruments.bySymbol("ACME").orElseThrow());
    assertEquals(Optional.empty(), instruments.byKey("BUS:ACME"));
    assertEquals("NSE_EQ:777", key("ACME", null));
    assertEquals("IDX_I:5", key("ACME", "IDX_I:5"));
    assertEquals(1, instruments.size());
  }

  @Test
  void theSameKeyGivesTheSameInstrument() {
    Instrument made = foreign.instrument("ACME", "NSE_EQ:777", false);
    assertSame(made, foreign.instrument("ACME", "NSE_EQ:777", true));
    assertSame(made, foreign.instrument("ACME", null, false));
  }

  @Test
  void whatAnotherSourceHasIsItsOwn() {
    instruments.add("binance", Instrument.binance("BTCUSDT"));
    assertNull(foreign.instrument("BTCUSDT", null, true));
    assertFalse(foreign.isSimulated("BTCUSDT"));
    assertThrows(
        IllegalArgumentException.class, () -> foreign.instrument("ACME", "BINANCE:BTCUSDT", false));
    assertEquals(Optional.empty(), instruments.bySymbol("ACME"));
  }

  @Test
  void whatAVendorOnlyListsIsHeardUntilItIsWatched() {
    Instrument listed = Instrument.binance("BTCUSDT");
    instruments.addCatalogue("binance", new ListedInstruments(List.of(listed)));
    assertSame(listed, foreign.instrument("BTCUSDT", null, false));
    assertSame(listed, foreign.instrument("BTCUSDT", "BINANCE:BTCUSDT", true));
    assertTrue(foreign.isSimulated("BTCUSDT"));
    assertEquals(Optional.of("binance"), instruments.sourceOf("BTCUSDT"));
    instruments.add("binance", listed);
    assertNull(foreign.instrument("BTCUSDT", null, false));
  }

  @Test
  void anotherKeyThanThatOfTheListIsRefused() {
    instruments.addCatalogue(
        "binance", new ListedInstruments(List.of(Instrument.binance("BTCUSDT"))));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> foreign.instrument("BTCUSDT", "X:1", false))
            .getMessage();
    assertEquals(
        "BTCUSDT is BINANCE:BTCUSDT by the list of its vendor, not X:1: publish another instrument"
            + " under another symbol",
        message);
  }

  @Test
  void theMarkIsThatOfTheNewestTick() {
    foreign.instrument("ACME", null, true);
    foreign.instrument("OTHER", null, false);
    assertTrue(foreign.isSimulated("ACME"));
    assertFalse(foreign.isSimulated("OTHER"));
    foreign.instrument("ACME", null, false);
    assertFalse(foreign.isSimulated("ACME"));
  }

  @Test
  void thereIsRoomForSoManyOnly() {
    key("A", null);
    key("B", null);
    assertThrows(IllegalArgumentException.class, () -> key("C", null));
    assertEquals("X:1", key("A", "X:1"));
    instruments.add("dhan", Instrument.binance("A"));
    assertEquals("BUS:C", key("C", null));
  }
}
