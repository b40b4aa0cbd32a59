package dev.tapeline.feed.simulator;

import dev.tapeline.feed.simulator.SessionPlan.Phase;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * A simulated market whose time is a parameter: the same seed, plan, start and date always give the
 * same ticks, however the time is cut into calls. Not thread-safe.
 *
 * <p>It has two times. Ticks carry that of its caller, as those of a live market do: consumers
 * judge by it how old a price is. A trading day is compressed into a few minutes of it, and has a
 * date and a time of day of its own, by which contracts come nearer to their expiry: {@link
 * #date()} and {@link #timeOfDay()}.
 */
public final class SimulatedMarket {

  static final long STEP_MILLIS = 50;

  private static final long STEPS_BETWEEN_INDICATIONS = 1000 / STEP_MILLIS;
  private static final double INDICATION_ERROR = 0.001;

  /** Derivatives after the continuous session, against the middle of it. */
  private static final double AFTER_ACTIVITY = 0.5;

  private final SessionPlan plan;
  private final LocalDate firstDate;
  private final Weather weather;
  private final List<SimulatedShare> shares;
  private final List<SimulatedIndex> indices = new ArrayList<>();
  private final SimulatedDerivatives derivatives;
  private final MarketBoard board;
  private final Noise auction;
  private long start;
  private long now;
  private long session;
  private boolean isOpened;

  /**
   * A market that opens for the first time at the start, on the trading date of that time.
   *
   * @param start epoch ms UTC
   */
  public SimulatedMarket(long seed, SessionPlan plan, long start) {
    this(seed, plan, start, TradingTime.dateAt(start));
  }

  /**
   * A market that opens for the first time at the start.
   *
   * @param start epoch ms UTC
   * @param firstDate the first simulated date; a Monday in the place of a weekend
   */
  public SimulatedMarket(long seed, SessionPlan plan, long start, LocalDate firstDate) {
    this.plan = plan;
    this.start = start;
    this.now = start - STEP_MILLIS;
    this.firstDate = TradingTime.tradingDay(firstDate);
    Noise noise = new Noise(seed);
    weather = new Weather(noise.split(), Math.sqrt((double) STEP_MILLIS / plan.openMillis()));
    shares =
        SimulatedInstruments.SHARES.stream()
            .map(spec -> new SimulatedShare(spec, noise.split()))
            .toList();
    SimulatedInstruments.INDICES.forEach(
        spec -> indices.add(new SimulatedIndex(spec, shares, 2 * indices.size())));
    auction = noise.split();
    derivatives = new SimulatedDerivatives(underlyings(), noise.split());
    derivatives.list(time());
    board = new MarketBoard(Stream.concat(indices.stream(), shares.stream()).toList(), derivatives);
  }

  private Map<Underlying, DoubleSupplier> underlyings() {
    Map<Underlying, DoubleSupplier> prices = new EnumMap<>(Underlying.class);
    indices.forEach(index -> put(prices, index.instrument(), index::price));
    shares.forEach(share -> put(prices, share.instrument(), share::price));
    return prices;
  }

  private static void put(
      Map<Underlying, DoubleSupplier> prices, Instrument instrument, DoubleSupplier price) {
    Stream.of(Underlying.values())
        .filter(each -> each.name().equals(instrument.symbol()))
        .forEach(each -> prices.put(each, price));
  }

  /** Whether the market has not reached the time: there is another {@link #step}. */
  public boolean isBehind(long millis) {
    return now + STEP_MILLIS <= millis;
  }

  /** The ticks of the next step, all of its time; none while the market is closed. */
  public List<Tick> step() {
    now += STEP_MILLIS;
    List<Tick> ticks = new ArrayList<>();
    step(ticks);
    return ticks;
  }

  /** Moves to the time as if nothing had happened in between. */
  public void skipTo(long millis) {
    now = Math.max(now, millis - Math.floorMod(millis - start, STEP_MILLIS));
  }

  /** Moves the market's clock by this much: the session goes on, with other times from now on. */
  void setClock(long byMillis) {
    start += byMillis;
    now += byMillis;
  }

  /** Whether something can happen: the market is not {@link Phase#CLOSED}. */
  public boolean isOpen() {
    return phase() != Phase.CLOSED;
  }

  /** The part of the trading day. */
  public Phase phase() {
    return plan.phase(elapsed());
  }

  /** The present time of the market, epoch ms. */
  public long now() {
    return now;
  }

  /** The simulated trading date; while the market is closed, the one that is over. */
  public LocalDate date() {
    return time().date();
  }

  /** The simulated time of day; it stands still at 15:45 while the market is closed. */
  public LocalTime timeOfDay() {
    return time().timeOfDay();
  }

  /** The number of the session, from 0. With each one, contracts may expire and be listed. */
  public long session() {
    return plan.session(elapsed());
  }

  /** All instruments that are listed, indices first; those of a session stay until the next. */
  public List<Instrument> instruments() {
    return board.instruments();
  }

  /** The latest figures of all instruments. */
  public MarketBoard board() {
    return board;
  }

  private long elapsed() {
    return Math.max(0, now - start);
  }

  private TradingTime time() {
    return new TradingTime(TradingTime.after(firstDate, session()), plan.secondOfDay(elapsed()));
  }

  private void step(List<Tick> out) {
    Phase phase = phase();
    if (phase != Phase.CLOSED && session() != session) {
      session = session();
      isOpened = false;
      derivatives.list(time());
      board.relisted();
    }
    switch (phase) {
      case PRE_OPEN -> stepPreOpen(out);
      case OPEN -> stepOpen(out);
      case AFTER -> stepDerivatives(AFTER_ACTIVITY, out);
      case CLOSED -> {}
    }
  }

  /** States the price of the opening auction now and then: about what it will be. */
  private void stepPreOpen(List<Tick> out) {
    shares.forEach(share -> share.begin(session, now, out));
    indices.forEach(index -> index.begin(session, now, out));
    if (elapsed() / STEP_MILLIS % STEPS_BETWEEN_INDICATIONS == 0) {
      shares.forEach(share -> share.indicate(INDICATION_ERROR * auction.normal(), now, out));
    }
  }

  private void stepOpen(List<Tick> out) {
    if (!isOpened) {
      isOpened = true;
      shares.forEach(share -> share.open(session, now, out));
      indices.forEach(index -> index.open(session, now, out));
    }
    weather.step(plan.progress(elapsed()));
    shares.forEach(share -> share.step(now, weather, out));
    indices.forEach(index -> index.step(elapsed() / STEP_MILLIS, now, out));
    stepDerivatives(weather.activity(), out);
  }

  private void stepDerivatives(double activity, List<Tick> out) {
    Times times = new Times(now, now);
    double progress = plan.progress(elapsed());
    derivatives.step(new DerivativesStep(times, time(), progress, activity, weather.stir()), out);
  }
}
