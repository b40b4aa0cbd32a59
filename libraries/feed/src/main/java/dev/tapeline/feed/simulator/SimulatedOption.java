package dev.tapeline.feed.simulator;

import dev.tapeline.feed.simulator.SimulatedQuote.DepthLevel;
import dev.tapeline.feed.simulator.SimulatedQuote.DepthView;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.option.Black76;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * One option of the simulation. It sends its best bid and ask alone; deeper levels are made up on
 * request.
 */
final class SimulatedOption implements Quoted {

  private static final long TYPICAL_QUOTE = 60;
  private static final long TYPICAL_TRADE = 4;
  private static final double UNSEEN_PART = 0.01;
  private static final long BOOK_DEPTH = 8;
  private static final int MARK_PLACES = 5;

  private final Instrument.Option instrument;
  private final Units units;
  private final DayTally day;
  private final OpenLots open;
  private final Turnover turnover;
  private double fair;
  private long bid;
  private long bidLots;
  private long ask;
  private long askLots;
  private long updateId;
  private long tradeId;

  /**
   * An option that is listed.
   *
   * @param fair its worth then
   * @param openLots its open interest then
   */
  SimulatedOption(Underlying underlying, Instrument.Option instrument, double fair, long openLots) {
    this.instrument = instrument;
    this.units = new Units(instrument, underlying.lot(), 1);
    this.fair = fair;
    this.day = new DayTally(units, Math.max(1, ticks(fair)));
    this.open = new OpenLots(units, openLots);
    double unseen = UNSEEN_PART * underlying.typicalInterest();
    this.turnover = new Turnover(day, open, instrument.expiry(), unseen);
  }

  private static long ticks(double price) {
    return Math.round(price / Contracts.TICK_SIZE);
  }

  @Override
  public Instrument.Option instrument() {
    return instrument;
  }

  /** Begins a session; without a trade in the last one, it has closed at its worth. */
  void begin(Times times, List<Tick> out) {
    long close = day.isTraded() || updateId == 0 ? day.close() : Math.max(1, ticks(fair));
    out.add(day.begin(times, close));
    open.begin();
    out.add(open.tick(times));
  }

  /** How many half spreads the worth is away from what is quoted. */
  double distance(double worth, double halfSpread) {
    return Math.abs(worth - fair) / halfSpread;
  }

  /** Quotes around a worth. */
  void quote(double worth, double halfSpread, Times times, Noise noise, List<Tick> out) {
    fair = worth;
    bid = Math.max(1, (long) Math.floor((worth - halfSpread) / Contracts.TICK_SIZE));
    ask = Math.max(bid + 1, (long) Math.ceil((worth + halfSpread) / Contracts.TICK_SIZE));
    bidLots = noise.skewed(TYPICAL_QUOTE);
    askLots = noise.skewed(TYPICAL_QUOTE);
    updateId++;
    out.add(new Tick.Quote(instrument, times, updateId, best(bid, bidLots), best(ask, askLots)));
  }

  /** What a vendor would compute of it, as {@link ChainView} has it, with fewer places. */
  Tick marks(Black76 terms, double delta, Times times) {
    return new Tick.Marks(
        instrument,
        times,
        rounded(100 * terms.volatility(), 2),
        null,
        null,
        rounded(delta, MARK_PLACES),
        rounded(terms.gamma(), MARK_PLACES),
        rounded(terms.theta(), MARK_PLACES),
        rounded(terms.vega(), MARK_PLACES),
        null,
        null,
        rounded(terms.forward(), 2));
  }

  private static BigDecimal rounded(double value, int places) {
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
  }

  private BestPrice best(long ticks, long lots) {
    return new BestPrice(units.price(ticks), units.quantity(lots));
  }

  /**
   * Trades at a quote.
   *
   * @param share of the turnover at the money
   */
  void trade(double share, DerivativesStep step, Noise noise, List<Tick> out) {
    boolean buys = noise.chance(0.5);
    long price = buys ? ask : bid;
    long lots = Math.min(noise.skewed(TYPICAL_TRADE), buys ? askLots : bidLots);
    day.trade(price, lots, step.times().exchange());
    out.add(
        new Tick.Trade(
            instrument,
            step.times(),
            ++tradeId,
            units.price(price),
            units.quantity(lots),
            buys ? Side.BUY : Side.SELL,
            null));
    turnover.follow(share, step, noise, out);
  }

  @Override
  public SimulatedQuote quote() {
    return new SimulatedQuote(instrument, day.last(), day.view(), open.view(), depth());
  }

  private DepthView depth() {
    if (updateId == 0) {
      return DepthView.NONE;
    }
    return new DepthView(
        units.quantity(BOOK_DEPTH * bidLots),
        units.quantity(BOOK_DEPTH * askLots),
        levels(bid, bidLots, -1),
        levels(ask, askLots, 1));
  }

  /** The best level, and others behind it that change with each quote. */
  private List<DepthLevel> levels(long best, long bestLots, int away) {
    List<DepthLevel> levels = new ArrayList<>(DepthView.LEVELS);
    for (int i = 0; i < DepthView.LEVELS && best + (long) i * away > 0; i++) {
      long more = i == 0 ? 10 : 6 + (updateId * 7 + i * 5L) % 17;
      long lots = Math.max(1, bestLots * more / 10);
      levels.add(DepthLevel.of(units, best + (long) i * away, lots));
    }
    return levels;
  }
}
