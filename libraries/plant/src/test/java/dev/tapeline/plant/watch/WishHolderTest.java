package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.demand.DemandBook;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WishHolderTest {

  private final DemandBook book = new DemandBook(Duration.ZERO, List.of(), 100);
  private final Instruments instruments = new Instruments(100, "bus-ticks");
  private final WishHolder holder =
      new WishHolder(book, new KnownOnly(), new Pinned(List.of("BTCUSDT"), List.of("ETHUSDT")));

  /** Finds what the registry knows. */
  private final class KnownOnly implements InstrumentFinder {

    @Override
    public @Nullable Found find(String symbol) {
      return found(instruments.bySymbol(symbol).orElse(null));
    }

    @Override
    public @Nullable Found findKey(String key) {
      return found(instruments.byKey(key).orElse(null));
    }

    private @Nullable Found found(@Nullable Instrument known) {
      return known == null ? null : new Found("binance", known);
    }

    @Override
    public boolean hasDerivatives(Found found) {
      return false;
    }

    @Override
    public List<Instrument> legs(ChainKey chain) {
      return List.of();
    }
  }

  private static Wishes of(Screener... screeners) {
    Wishes wishes = Wishes.NONE;
    for (Screener screener : screeners) {
      wishes = wishes.with(screener);
    }
    return wishes;
  }

  private static Screener screener(List<String> symbols, List<String> keys) {
    return new Screener("swing", null, symbols, keys);
  }

  @Test
  void whatTheSettingsNameIsAlwaysWanted() {
    holder.hold(Wishes.NONE);
    assertTrue(book.isWanted("market:tick:BTCUSDT"));
    assertTrue(book.isWanted("depth@ETHUSDT"));
    assertFalse(book.isWanted("depth@BTCUSDT"));
  }

  @Test
  void aScreenerKeepsItsInstrumentsWanted() {
    holder.hold(of(screener(List.of("TCS"), List.of())));
    assertTrue(book.isWanted("market:tick:TCS"));
    holder.hold(Wishes.NONE);
    book.onTime(1);
    assertFalse(book.isWanted("market:tick:TCS"));
    assertTrue(book.isWanted("market:tick:BTCUSDT"));
  }

  @Test
  void aChainThatIsPolledIsWanted() {
    holder.hold(
        new Wishes(1, Map.of(), Map.of(new ChainKey("NIFTY", LocalDate.of(2026, 12, 8)), 3_000L)));
    assertTrue(book.isWanted("option-chain:NIFTY:2026-12-08"));
  }

  @Test
  void aKeyIsWantedOnceItsInstrumentIsKnown() {
    holder.hold(of(screener(List.of(), List.of("BINANCE:ETHUSDT"))));
    assertEquals(Set.of("BINANCE:ETHUSDT"), holder.unknownKeys());
    instruments.add("binance", Instrument.binance("ETHUSDT"));
    holder.retry();
    assertTrue(book.isWanted("market:tick:ETHUSDT"));
    assertEquals(Set.of(), holder.unknownKeys());
  }
}
