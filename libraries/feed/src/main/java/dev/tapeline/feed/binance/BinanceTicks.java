package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.TradeRange;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Decimals;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.market.tick.VendorJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes ticks of frames that have been read. Each method throws an {@link IllegalArgumentException}
 * for a frame that lacks a field or has an impossible value.
 */
final class BinanceTicks {

  /** From here on a time is in microseconds: as milliseconds it would be the year 33658. */
  private static final long MICROS_FROM = 1_000_000_000_000_000L;

  /** Up to here a time in microseconds is in milliseconds a time at all. */
  private static final long MICROS_TO = 1_000_000_000_000_000_000L;

  /** The decimal places of an average beyond those of the prices. */
  private static final int MORE_PLACES = 2;

  /** The highest number of a change of a book: thousands of times those of today. */
  private static final long MAX_CHANGE = 1_000_000_000_000_000L;

  private BinanceTicks() {}

  /** A time of Binance in milliseconds, whether it was sent in milliseconds or in microseconds. */
  static long millis(long time) {
    return time >= MICROS_FROM && time < MICROS_TO ? time / 1000 : time;
  }

  private static Times times(long exchange, long received) {
    return new Times(millis(exchange), received);
  }

  static Tick.Trade trade(
      BinanceFrame frame, Instrument instrument, long received, VendorJson raw) {
    return new Tick.Trade(
        instrument,
        times(frame.tradeTime, received),
        require(frame, frame.tradeId, "t"),
        require(frame, frame.price, "p"),
        require(frame, frame.quantity, "q"),
        frame.aggressor,
        raw);
  }

  /** The trades of one taker at one price, of an {@code aggTrade}. */
  static TradeRange aggregate(BinanceFrame frame) {
    return new TradeRange(
        require(frame, frame.firstTrade, "f"),
        require(frame, frame.lastTrade, "l"),
        require(frame, frame.price, "p"),
        require(frame, frame.quantity, "q"),
        millis(frame.tradeTime),
        frame.aggressor);
  }

  static Tick.Depth change(
      BinanceFrame frame, Instrument instrument, long received, VendorJson raw) {
    long lastId = Math.max(0, frame.lastId);
    if (lastId > MAX_CHANGE) {
      throw new IllegalArgumentException("depthUpdate with a u of %d".formatted(lastId));
    }
    long firstId = frame.firstId == BinanceFrame.ABSENT ? lastId : frame.firstId;
    return new Tick.Depth(
        instrument,
        times(frame.eventTime, received),
        frame.snapshot,
        firstId,
        lastId,
        frame.bids == null ? List.of() : frame.bids,
        frame.asks == null ? List.of() : frame.asks,
        raw);
  }

  /** The answer of REST {@code /depth}. */
  static Tick.Depth snapshot(BinanceFrame frame, Instrument instrument, long received) {
    long id = require(frame, frame.lastUpdateId, "lastUpdateId");
    return new Tick.Depth(
        instrument,
        new Times(0, received),
        true,
        id,
        id,
        require(frame, frame.bids, "bids"),
        require(frame, frame.asks, "asks"),
        null);
  }

  static Tick.Quote quote(BinanceFrame frame, Instrument instrument, long received) {
    return new Tick.Quote(
        instrument,
        times(frame.eventTime, received),
        require(frame, frame.lastId, "u"),
        best(frame, frame.bidPrice, frame.bidQuantity, "b", "B"),
        best(frame, frame.askPrice, frame.askQuantity, "a", "A"));
  }

  private static @Nullable BestPrice best(
      BinanceFrame frame,
      @Nullable BigDecimal price,
      @Nullable BigDecimal quantity,
      String p,
      String q) {
    return BestPrice.of(require(frame, price, p), require(frame, quantity, q));
  }

  /**
   * The figures of the last 24 hours, of a {@code 24hrMiniTicker}. It has no previous close: the
   * hours roll on, and another close each second would begin another session each second.
   */
  static Tick.DayStats stats(BinanceFrame frame, Instrument instrument, long received) {
    BigDecimal volume = decimal(frame, frame.volume, "v");
    return new Tick.DayStats(
        instrument,
        times(frame.eventTime, received),
        decimal(frame, frame.open, "o"),
        decimal(frame, frame.high, "h"),
        decimal(frame, frame.low, "l"),
        volume,
        average(decimal(frame, frame.close, "c"), require(frame, frame.quantity, "q"), volume),
        null);
  }

  private static @Nullable BigDecimal average(
      BigDecimal price, BigDecimal turnover, BigDecimal volume) {
    return volume.signum() <= 0
        ? null
        : turnover.divide(volume, price.scale() + MORE_PLACES, RoundingMode.HALF_UP);
  }

  static Tick.LastPrice lastPrice(BinanceFrame frame, Instrument instrument, long received) {
    Times times = times(frame.eventTime, received);
    return new Tick.LastPrice(instrument, times, decimal(frame, frame.close, "c"));
  }

  private static BigDecimal decimal(BinanceFrame frame, @Nullable String text, String name) {
    return Decimals.parse(require(frame, text, name));
  }

  private static <T> T require(BinanceFrame frame, @Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException(described(frame) + " without " + name);
    }
    return value;
  }

  private static long require(BinanceFrame frame, long value, String name) {
    if (value == BinanceFrame.ABSENT) {
      throw new IllegalArgumentException(described(frame) + " without " + name);
    }
    return value;
  }

  private static String described(BinanceFrame frame) {
    return frame.event == null ? "frame" : frame.event;
  }
}
