package dev.tapeline.store.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the events of one market. Owned by the market's thread. The same market gives the
 * same rows, so that a recording that is played twice is kept once.
 */
final class MarketRecorder implements MarketListener {

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
      case MarketEvent.Valued(Tick.IndexValue value, _) -> onValue(value);
      default -> {} // not kept
    }
  }

  private void onBar(Instrument instrument, Bar bar) {
    if (bar.state().closed() && rules.frames().contains(bar.frame())) {
      rows.accept(new HistoryRow.OfBar(series(instrument), bar));
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

  private void add(
      Instrument instrument,
      long time,
      long id,
      BigDecimal price,
      @Nullable BigDecimal quantity,
      @Nullable Side aggressor) {
    int ordinal = id == Tick.NO_ID ? ordinal(time) : 0;
    rows.accept(
        new HistoryRow.OfTick(series(instrument), time, id, ordinal, price, quantity, aggressor));
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

  private Series series(Instrument instrument) {
    return new Series(instrument.symbol(), source, origins.apply(instrument.symbol()));
  }

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}
}
