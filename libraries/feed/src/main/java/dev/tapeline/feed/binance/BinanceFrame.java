package dev.tapeline.feed.binance;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one frame as read so far, under Binance's own names; null or -1 where absent. A
 * mutable carrier, reused for each frame and owned by one {@link BinanceDecoder}.
 */
final class BinanceFrame {

  static final long ABSENT = -1;

  @Nullable String stream;
  @Nullable String event;
  @Nullable String symbol;
  long eventTime;
  long tradeTime;
  long tradeId;
  long firstId;
  long lastId;
  long lastUpdateId;
  @Nullable BigDecimal price;
  @Nullable BigDecimal quantity;
  @Nullable BigDecimal bidPrice;
  @Nullable BigDecimal bidQuantity;
  @Nullable BigDecimal askPrice;
  @Nullable BigDecimal askQuantity;
  @Nullable List<Level> bids;
  @Nullable List<Level> asks;
  @Nullable Side aggressor;
  boolean snapshot;

  /** Where the event's own object lies in the frame. */
  int dataStart;

  int dataEnd;

  void clear() {
    stream = null;
    event = null;
    symbol = null;
    eventTime = 0;
    tradeTime = 0;
    tradeId = ABSENT;
    firstId = ABSENT;
    lastId = ABSENT;
    lastUpdateId = ABSENT;
    price = null;
    quantity = null;
    bidPrice = null;
    bidQuantity = null;
    askPrice = null;
    askQuantity = null;
    bids = null;
    asks = null;
    aggressor = null;
    snapshot = false;
    dataStart = 0;
    dataEnd = 0;
  }
}
