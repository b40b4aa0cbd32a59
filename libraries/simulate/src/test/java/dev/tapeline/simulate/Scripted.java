package dev.tapeline.simulate;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.market.ScriptedSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A market of a few instruments at a fixed time, and what can happen in it. */
public final class Scripted {

  /** 2025-07-25 10:00:00 in India. */
  public static final long NOW = 1_753_417_800_000L;

  public static final Instrument HDFCBANK = share("HDFCBANK", "1333");
  public static final Instrument TCS = share("TCS", "11536");
  public static final Instrument NIFTY = new Instrument.Index(reference("NIFTY", "IDX_I", "13"));
  public static final Instrument BITCOIN =
      new Instrument.Pair(
          new Reference("BTC_USDT", "SIM", "BTC_USDT", "Bitcoin", new BigDecimal("0.10")));

  private static final Times TIMES = new Times(NOW, NOW);

  private Scripted() {}

  private static Reference reference(String symbol, String segment, String id) {
    return new Reference(symbol, segment, id, symbol, new BigDecimal("0.05"));
  }

  private static Instrument share(String symbol, String id) {
    return new Instrument.Share(reference(symbol, "NSE_EQ", id));
  }

  public static ScriptedSource source() {
    return new ScriptedSource(List.of(NIFTY, HDFCBANK, TCS, BITCOIN));
  }

  public static SimulatorOptions options(ScriptedSource source) {
    return SimulatorOptions.usual().with(source, InstantSource.fixed(Instant.ofEpochMilli(NOW)));
  }

  public static Tick open(Instrument instrument, String prevClose) {
    return new Tick.SessionStart(instrument, TIMES, new BigDecimal(prevClose));
  }

  public static Tick trade(Instrument instrument, long id, String price, String quantity) {
    return new Tick.Trade(
        instrument, TIMES, id, new BigDecimal(price), new BigDecimal(quantity), Side.BUY, null);
  }

  public static Tick index(String value) {
    return new Tick.IndexValue(NIFTY, TIMES, new BigDecimal(value));
  }

  public static Tick snapshot(Instrument instrument, long id, List<Level> bids, List<Level> asks) {
    return new Tick.Depth(instrument, TIMES, true, id, id, bids, asks, null);
  }

  public static Tick change(
      Instrument instrument, long first, long last, List<Level> bids, List<Level> asks) {
    return new Tick.Depth(instrument, TIMES, false, first, last, bids, asks, null);
  }
}
