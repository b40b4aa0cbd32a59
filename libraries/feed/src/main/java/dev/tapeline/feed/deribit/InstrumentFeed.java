package dev.tapeline.feed.deribit;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.vendor.TradeBackfill;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has come of one instrument, which decides on what is passed on: by arrivals alone. Owned by
 * the thread of its feed.
 */
final class InstrumentFeed {

  /** For how long a ticker goes before what other channels say of the same instrument. */
  static final long TICKER_MILLIS = Duration.ofMinutes(1).toMillis();

  static final long NEVER = Long.MIN_VALUE / 2;

  private final BookChain book = new BookChain();
  private final Function<Instrument, TradeBackfill> begin;
  private Instrument instrument;
  private TradeBackfill trades;
  private boolean wantsTrades;
  private boolean wantsBook;
  private boolean asked;
  private @Nullable BigDecimal price;
  private boolean traded;
  private long newest;
  private long pricedAt = NEVER;
  private long tickerAt = NEVER;
  private Tick.@Nullable DayStats stats;
  private @Nullable BigDecimal interest;

  /**
   * @param begin makes the sequence of its trades
   */
  InstrumentFeed(Instrument instrument, Function<Instrument, TradeBackfill> begin) {
    this.instrument = instrument;
    this.begin = begin;
    this.trades = begin.apply(instrument);
  }

  /**
   * Says what is wanted of it from now on.
   *
   * @param detail null where it is not watched by itself
   */
  void want(Instrument described, @Nullable Detail detail, boolean withAnswers) {
    instrument = described;
    wantsBook = detail == Detail.BOOK;
    if (!wantsBook) {
      book.restart();
    }
    boolean before = wantsTrades;
    wantsTrades = wantsBook || detail == Detail.QUOTE;
    if (before && !wantsTrades) {
      trades = begin.apply(instrument);
    }
    asked = withAnswers;
  }

  Instrument instrument() {
    return instrument;
  }

  BookChain book() {
    return book;
  }

  boolean wantsBook() {
    return wantsBook;
  }

  /** The newest price or value; null if none has come. */
  @Nullable BigDecimal price() {
    return price;
  }

  /** When a price was passed on last, epoch ms; {@link #NEVER} if none was. */
  long pricedAt() {
    return pricedAt;
  }

  /** A connection begins or has ended: trades may have been missed, and the book is over. */
  void restart() {
    book.restart();
    traded = false;
    stats = null;
    interest = null;
  }

  void onTicker(TickerTicks ticks, long received, Consumer<? super Tick> out) {
    tickerAt = received;
    pass(ticks, received, out);
  }

  private void pass(TickerTicks ticks, long received, Consumer<? super Tick> out) {
    Tick.LastPrice last = ticks.last();
    if (last != null && !traded && !isEqual(last.price(), price)) {
      priced(last.price(), last, received, out);
    }
    Tick.Quote quote = ticks.quote();
    if (quote != null) {
      newest = Math.max(newest, quote.times().exchange());
      out.accept(quote);
    }
    passFigures(ticks, out);
    if (ticks.marks() != null) {
      out.accept(ticks.marks());
    }
  }

  /** The figures of the day and the open interest, which are mostly the same as before. */
  private void passFigures(TickerTicks ticks, Consumer<? super Tick> out) {
    Tick.DayStats day = ticks.stats();
    if (day != null && !isSame(day, stats)) {
      stats = day;
      out.accept(day);
    }
    Tick.OpenInterest open = ticks.interest();
    if (open != null && !isEqual(open.value(), interest)) {
      interest = open.value();
      out.accept(open);
    }
  }

  private static boolean isSame(Tick.DayStats one, Tick.@Nullable DayStats other) {
    return other != null
        && isEqual(one.high(), other.high())
        && isEqual(one.low(), other.low())
        && isEqual(one.volume(), other.volume());
  }

  private static boolean isEqual(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.compareTo(other) == 0;
  }

  private void priced(BigDecimal now, Tick tick, long received, Consumer<? super Tick> out) {
    price = now;
    pricedAt = received;
    newest = Math.max(newest, tick.times().exchange());
    out.accept(tick);
  }

  /**
   * Takes a trade of a channel.
   *
   * @param canFetch whether trades that are missing before it can be fetched now
   */
  void onTrade(Tick.Trade trade, boolean canFetch, long received, Consumer<? super Tick> out) {
    if (!wantsTrades) {
      return; // still on its way when it was unsubscribed
    }
    traded = true;
    if (trade.id() > trades.last()) {
      price = trade.price();
      pricedAt = received;
      newest = Math.max(newest, trade.times().exchange());
    }
    trades.onTrade(trade, canFetch, received, out);
  }

  /** Its trades in order. */
  TradeBackfill trades() {
    return trades;
  }

  void onValue(Tick.IndexValue value, Consumer<? super Tick> out) {
    priced(value.value(), value, value.times().received(), out);
  }

  /** Takes a row of the mark prices, which says less than a ticker. */
  void onMarkPrice(Tick.Marks marks, Consumer<? super Tick> out) {
    if (!hasTicker(marks.times().received())) {
      out.accept(marks);
    }
  }

  private boolean hasTicker(long now) {
    return now - tickerAt < TICKER_MILLIS;
  }

  /**
   * Takes a row of a summary, which says less than a ticker.
   *
   * @param whole whether more than its price is wanted
   */
  void onSummary(TickerTicks row, boolean whole, long received, Consumer<? super Tick> out) {
    if (asked) {
      onAnswer(row.last(), received, out);
    }
    if (whole && !hasTicker(received)) {
      pass(row, received, out);
    }
  }

  /** Takes a price that was asked for, unless a newer one has come meanwhile. */
  void onAnswer(Tick.@Nullable LastPrice last, long received, Consumer<? super Tick> out) {
    if (asked && last != null && last.times().exchange() >= newest) {
      priced(last.price(), last, received, out);
    }
  }

  /** Takes the value of an index that was asked for. */
  void onAnswer(Tick.IndexValue value, Consumer<? super Tick> out) {
    if (asked) {
      onValue(value, out);
    }
  }
}
