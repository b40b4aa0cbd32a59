package dev.tapeline.market.chain.study;

import dev.tapeline.market.Market;
import dev.tapeline.market.NseHours;
import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.ChainStrike;
import dev.tapeline.market.chain.OptionChain;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.TimeOfDay;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A market with the chains of NIFTY, which expire at 15:30 on 2026-12-08, a Tuesday. */
final class NiftyChain implements MarketListener {

  static final LocalDate EXPIRY = LocalDate.of(2026, 12, 8);
  static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
  static final Instrument NIFTY =
      new Instrument.Index(
          new Reference("NIFTY", "IDX_I", "13", "NIFTY 50", new BigDecimal("0.05")));
  static final Instrument.Future FUTURE =
      new Instrument.Future(reference("NIFTY-DEC26-FUT"), "NIFTY", EXPIRY, new BigDecimal(75));

  /** What is told of a chain: when, and whether it is a snapshot. */
  record Told(long time, boolean snapshot) {}

  final List<Told> told = new ArrayList<>();
  final ChainCounters counters = new ChainCounters();
  private final Market market;
  private @Nullable OptionChain newest;
  private long now;
  boolean wanted = true;

  NiftyChain(ChainConvention convention, ChainLimits limits) {
    ChainDemand demand = _ -> () -> wanted;
    market =
        Market.of(
            this,
            new ChainStudy(new ChainStudy.Parts(calendar(), convention, limits, demand, counters)));
  }

  /** As of 2026-12-03 09:45 IST, 7,545 minutes before the settlement. */
  static NiftyChain standard() {
    NiftyChain chain = new NiftyChain(ChainConvention.DEFAULT, ChainLimits.DEFAULT);
    chain.time(at("2026-12-03T09:45"));
    return chain;
  }

  static long at(String local) {
    return LocalDateTime.parse(local).atZone(INDIA).toInstant().toEpochMilli();
  }

  static TradingCalendar calendar() {
    TimeOfDay settlement = TimeOfDay.parse("15:30");
    return NseHours.until(
        LocalDate.of(2026, 12, 31),
        new ExpiryTimes(settlement, settlement, TimeOfDay.parse("15:00")));
  }

  static Reference reference(String symbol) {
    return new Reference(symbol, "NSE_FNO", symbol, symbol, new BigDecimal("0.05"));
  }

  static Instrument.Option option(String strike, Right right) {
    String symbol = "NIFTY-8DEC26-%s-%s".formatted(strike, right == Right.CALL ? "CE" : "PE");
    return new Instrument.Option(
        reference(symbol), "NIFTY", EXPIRY, new BigDecimal(strike), right, new BigDecimal(75));
  }

  static Instrument.Option call(String strike) {
    return option(strike, Right.CALL);
  }

  static Instrument.Option put(String strike) {
    return option(strike, Right.PUT);
  }

  private Times times() {
    return new Times(now, now);
  }

  void tick(Tick tick) {
    market.onTick(tick);
  }

  void endFrame() {
    market.onFrameEnd();
  }

  void quote(Instrument instrument, @Nullable String bid, @Nullable String ask) {
    tick(new Tick.Quote(instrument, times(), 0, best(bid), best(ask)));
  }

  private static @Nullable BestPrice best(@Nullable String price) {
    return price == null ? null : new BestPrice(new BigDecimal(price), BigDecimal.TEN);
  }

  /** Quotes an option at this price, without a spread. */
  void price(Instrument instrument, String price) {
    quote(instrument, price, price);
  }

  void trade(Instrument instrument, String price) {
    tick(
        new Tick.Trade(
            instrument, times(), Tick.NO_ID, new BigDecimal(price), BigDecimal.ONE, null, null));
  }

  void interest(Instrument instrument, long value, long previous) {
    tick(
        new Tick.OpenInterest(
            instrument,
            times(),
            BigDecimal.valueOf(value),
            null,
            null,
            BigDecimal.valueOf(previous)));
  }

  void prevClose(Instrument instrument, String close) {
    tick(
        new Tick.DayStats(
            instrument, times(), null, null, null, null, null, new BigDecimal(close)));
  }

  void index(String value) {
    tick(new Tick.IndexValue(NIFTY, times(), new BigDecimal(value)));
  }

  /** Lets the time reach an instant. */
  void time(long millis) {
    now = millis;
    market.onTime(millis);
  }

  void pass(long millis) {
    time(now + millis);
  }

  long now() {
    return now;
  }

  @Override
  public void onEvent(MarketEvent event) {
    if (event instanceof MarketEvent.ChainChanged(_, _, OptionChain chain, boolean snapshot)) {
      newest = chain;
      told.add(new Told(chain.time(), snapshot));
    }
  }

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}

  /** The chain as it was told last, after what is pending has been told. */
  OptionChain chain() {
    pass(100);
    OptionChain chain = newest;
    if (chain == null) {
      throw new AssertionError("no chain has been told");
    }
    return chain;
  }

  ChainStrike strike(String strike) {
    return chain().strikes().stream()
        .filter(it -> it.strike().compareTo(new BigDecimal(strike)) == 0)
        .findFirst()
        .orElseThrow();
  }
}
