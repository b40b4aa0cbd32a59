package dev.tapeline.server.vendor;

import dev.tapeline.feed.FeedFault;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What users would see of a feed: its states, the last price of each instrument, trades and books.
 * Written by the feed's thread, read by the test's.
 */
final class Observer implements FeedListener, TickListener {

  private final List<String> states = new ArrayList<>();
  private FeedStatus.@Nullable State newest;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, BigDecimal> last = new HashMap<>();
  private final Map<String, List<String>> trades = new HashMap<>();
  private final Map<String, NavigableMap<BigDecimal, BigDecimal>> books = new HashMap<>();

  @Override
  public synchronized void onStatus(FeedStatus status) {
    newest = status.state();
    String reason = status.reason();
    states.add(status.state().wireName() + (reason == null ? "" : ": " + reason));
  }

  /** From here on only later states count. */
  synchronized void forgetStates() {
    states.clear();
  }

  /** Whether the newest state that was told is this one. */
  synchronized boolean isNow(FeedStatus.State state) {
    return newest == state;
  }

  /** The states since they were last forgotten, each with its reason. */
  synchronized List<String> states() {
    return List.copyOf(states);
  }

  /** How the feed has ended by itself, which it never should. */
  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** The last price of an instrument; null before the first. */
  synchronized @Nullable BigDecimal last(Instrument instrument) {
    return last.get(instrument.key());
  }

  /** The prices of the trades of an instrument in the order in which they came. */
  synchronized List<String> trades(Instrument instrument) {
    return List.copyOf(trades.getOrDefault(instrument.key(), List.of()));
  }

  /** The book of an instrument: the quantity at each price, that of asks negative. */
  synchronized Map<BigDecimal, BigDecimal> book(Instrument instrument) {
    return Map.copyOf(books.getOrDefault(instrument.key(), new TreeMap<>()));
  }

  @Override
  public synchronized void onTick(Tick tick) {
    String key = tick.instrument().key();
    switch (tick) {
      case Tick.Trade trade -> {
        last.put(key, trade.price());
        trades
            .computeIfAbsent(key, _ -> new ArrayList<>())
            .add(trade.price().stripTrailingZeros().toPlainString());
      }
      case Tick.LastPrice price -> last.put(key, price.price());
      case Tick.IndexValue index -> last.put(key, index.value());
      case Tick.Depth depth -> apply(depth);
      case Tick.Quote _,
          Tick.DayStats _,
          Tick.OpenInterest _,
          Tick.Marks _,
          Tick.SessionStart _ -> {} // not looked at here
    }
  }

  private void apply(Tick.Depth depth) {
    NavigableMap<BigDecimal, BigDecimal> book =
        books.computeIfAbsent(depth.instrument().key(), _ -> new TreeMap<>());
    if (depth.snapshot()) {
      book.clear();
    }
    depth.bids().forEach(level -> put(book, level, level.quantity()));
    depth.asks().forEach(level -> put(book, level, level.quantity().negate()));
  }

  private static void put(
      NavigableMap<BigDecimal, BigDecimal> book, Level level, BigDecimal quantity) {
    if (level.isRemoval()) {
      book.remove(level.price());
    } else {
      book.put(level.price(), quantity);
    }
  }

  @Override
  public void onTime(long millis) {}

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}

  @Override
  public void onFault(FeedFault fault) {}

  @Override
  public synchronized void onEnded() {
    failures.add("ended");
  }

  @Override
  public synchronized void onFailed(Exception failure) {
    failures.add(failure.toString());
  }
}
