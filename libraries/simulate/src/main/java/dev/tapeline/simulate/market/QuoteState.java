package dev.tapeline.simulate.market;

import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest figures of one instrument: the fold of its ticks. It keeps the newest {@value
 * #MAX_BARS} minutes and {@value #MAX_TRADES} trades. Not thread-safe: owned by the server's loop.
 */
public final class QuoteState {

  static final int MAX_BARS = 1000;
  static final int MAX_TRADES = 500;

  private final Instrument instrument;
  private final OrderBook book = new OrderBook(OrderBook.Start.EMPTY);
  private final Deque<MinuteBar> bars = new ArrayDeque<>();
  private final Deque<Tick.Trade> trades = new ArrayDeque<>();
  private final DayState day = new DayState();
  private @Nullable BigDecimal last;
  private BigDecimal lastQuantity = BigDecimal.ZERO;
  private @Nullable Side lastAggressor;
  private long lastTime;
  private long lastTradeId;
  private Tick.@Nullable OpenInterest openInterest;
  private Tick.@Nullable Marks marks;
  private long version;

  QuoteState(Instrument instrument) {
    this.instrument = instrument;
  }

  void apply(Tick tick) {
    version++;
    switch (tick) {
      case Tick.Trade trade -> trade(trade);
      case Tick.IndexValue value -> price(value.times().exchange(), value.value());
      case Tick.LastPrice price -> price(price.times().exchange(), price.price());
      case Tick.Depth depth -> book.apply(depth);
      case Tick.OpenInterest interest -> openInterest = interest;
      case Tick.Marks told -> marks = told;
      case Tick.DayStats stats -> day.tell(stats);
      case Tick.SessionStart start -> day.start(start);
      case Tick.Quote _ -> {} // the book says the same
    }
  }

  private void trade(Tick.Trade trade) {
    BigDecimal quantity = trade.quantity() == null ? BigDecimal.ZERO : trade.quantity();
    lastQuantity = quantity;
    lastAggressor = trade.aggressor();
    lastTradeId = trade.id();
    keep(trades, trade, MAX_TRADES);
    took(trade.times().exchange(), trade.price(), quantity);
  }

  private void price(long time, BigDecimal price) {
    took(time, price, BigDecimal.ZERO);
  }

  private void took(long time, BigDecimal price, BigDecimal quantity) {
    last = price;
    lastTime = time;
    day.take(price, quantity);
    MinuteBar bar = bars.peekLast();
    if (bar != null && bar.isAt(time)) {
      bars.removeLast();
      bars.addLast(bar.with(price, quantity));
    } else {
      keep(bars, MinuteBar.first(time, price, quantity, lastTradeId), MAX_BARS);
    }
  }

  private static <T> void keep(Deque<T> kept, T next, int most) {
    if (kept.size() == most) {
      kept.removeFirst();
    }
    kept.addLast(next);
  }

  public Instrument instrument() {
    return instrument;
  }

  /** The last price; null before the first. */
  public @Nullable BigDecimal last() {
    return last;
  }

  public BigDecimal lastQuantity() {
    return lastQuantity;
  }

  /** The side that took the last quote; null where nobody did. */
  public @Nullable Side lastAggressor() {
    return lastAggressor;
  }

  /** When the last price was made, epoch ms; 0 before the first. */
  public long lastTime() {
    return lastTime;
  }

  /** The figures of the session. */
  public DayState day() {
    return day;
  }

  public Tick.@Nullable OpenInterest openInterest() {
    return openInterest;
  }

  public Tick.@Nullable Marks marks() {
    return marks;
  }

  /** The number of changes so far. */
  public long version() {
    return version;
  }

  /** The number of the last change in the book. */
  public long bookId() {
    return book.lastId();
  }

  public List<Level> bids(int limit) {
    return book.bids(limit);
  }

  public List<Level> asks(int limit) {
    return book.asks(limit);
  }

  public @Nullable Level bid() {
    return first(book.bids(1));
  }

  public @Nullable Level ask() {
    return first(book.asks(1));
  }

  private static @Nullable Level first(List<Level> levels) {
    return levels.isEmpty() ? null : levels.getFirst();
  }

  /** The sum of the quantities of these levels. */
  public static BigDecimal total(List<Level> levels) {
    return levels.stream().map(Level::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The middle of the best prices, or the last price where a side has none. */
  public @Nullable BigDecimal middle() {
    Level bid = bid();
    Level ask = ask();
    return bid == null || ask == null
        ? last
        : bid.price().add(ask.price()).divide(BigDecimal.TWO, 8, RoundingMode.HALF_UP);
  }

  /** The minutes so far, oldest first; the last one is not over. */
  public List<MinuteBar> bars() {
    return List.copyOf(bars);
  }

  /** The newest trades, oldest first. */
  public List<Tick.Trade> trades() {
    return List.copyOf(trades);
  }
}
