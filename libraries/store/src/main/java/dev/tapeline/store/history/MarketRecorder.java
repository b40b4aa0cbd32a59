package dev.tapeline.store.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.volatility.IndexFigure;
import dev.tapeline.market.volatility.IndexFlag;
import dev.tapeline.market.volatility.VolatilityReading;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the events of one market. Owned by the market's thread. The same market gives the
 * same rows, so that a recording that is played twice is kept once.
 */
final class MarketRecorder implements MarketListener {

  private static final long MINUTE_MILLIS = 60_000;
  private static final long DAY_MILLIS = 86_400_000;

  /** Above the number of ticks of one time. */
  private static final int LATE = 1 << 24;

  private final String source;
  private final Function<String, Origin> origins;
  private final RecorderRules rules;
  private final Consumer<HistoryRow> rows;

  /** The latest time of a tick without an id, how many had it, and how many had earlier ones. */
  private long latest;

  private int atLatest;
  private int late;

  /**
   * @param origins tells how real the prices of a symbol are
   */
  MarketRecorder(
      String source,
      Function<String, Origin> origins,
      RecorderRules rules,
      Consumer<HistoryRow> rows) {
    this.source = source;
    this.origins = origins;
    this.rules = rules;
    this.rows = rows;
  }

  @Override
  public void onEvent(MarketEvent event) {
    switch (event) {
      case MarketEvent.BarChanged(Instrument instrument, _, Bar bar) -> onBar(instrument, bar);
      case MarketEvent.Traded(Tick.Trade trade, _) -> onTrade(trade);
      case MarketEvent.VolatilityIndexChanged(_, _, VolatilityReading reading) ->
          onVolatility(reading);
      case MarketEvent.SessionStarted(Tick.SessionStart start) -> onSession(start);
      case MarketEvent.Valued(Tick.IndexValue value, _) -> onValue(value);
      default -> {} // not kept
    }
  }

  private void onBar(Instrument instrument, Bar bar) {
    if (bar.state().closed() && rules.frames().contains(bar.frame())) {
      rows.accept(new HistoryRow.OfBar(series(instrument.symbol()), bar));
    }
  }

  /** Keeps when it began, if that is known: sums over a session are made of the bars since then. */
  private void onSession(Tick.SessionStart start) {
    long time = timeOf(start.times());
    if (time > 0) {
      Series series = series(start.instrument().symbol());
      rows.accept(new HistoryRow.OfFigure(series, Figure.SESSION, time, 1));
    }
  }

  private void onTrade(Tick.Trade trade) {
    if (rules.ticks()) {
      add(
          trade.instrument(),
          timeOf(trade.times()),
          trade.id(),
          trade.price(),
          trade.quantity(),
          trade.aggressor());
    }
  }

  private void onValue(Tick.IndexValue value) {
    if (rules.ticks()) {
      add(value.instrument(), timeOf(value.times()), Tick.NO_ID, value.value(), null, null);
    }
  }

  /**
   * Keeps the last values of each minute, and the last volatility at the money of each day on which
   * there was one of fresh quotes: those that stand still over a holiday are no day's volatility.
   */
  private void onVolatility(VolatilityReading reading) {
    add(reading, Figure.CM30, reading.cm30(), MINUTE_MILLIS);
    add(reading, Figure.VIX, reading.vix(), MINUTE_MILLIS);
    if (!reading.cm30().reasons().contains(IndexFlag.STALE)) {
      add(reading, Figure.ATM_IV, reading.cm30(), DAY_MILLIS);
    }
  }

  private void add(VolatilityReading reading, Figure figure, IndexFigure value, long step) {
    if (value.points() != null) {
      long time = reading.time() - reading.time() % step;
      rows.accept(
          new HistoryRow.OfFigure(series(reading.underlying()), figure, time, value.points()));
    }
  }

  private void add(
      Instrument instrument,
      long time,
      long id,
      BigDecimal price,
      @Nullable BigDecimal quantity,
      @Nullable Side aggressor) {
    int ordinal = id == Tick.NO_ID ? ordinal(time) : 0;
    rows.accept(
        new HistoryRow.OfTick(
            series(instrument.symbol()), time, id, ordinal, price, quantity, aggressor));
  }

  /** A number that no other tick of this time has. */
  private int ordinal(long time) {
    if (time < latest) {
      return LATE + late++;
    }
    if (time > latest) {
      latest = time;
      atLatest = 0;
    }
    return atLatest++;
  }

  private static long timeOf(Times times) {
    return times.exchange() > 0 ? times.exchange() : times.received();
  }

  private Series series(String symbol) {
    return new Series(symbol, source, origins.apply(symbol));
  }

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}
}
