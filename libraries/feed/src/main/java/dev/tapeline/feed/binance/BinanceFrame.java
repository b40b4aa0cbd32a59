package dev.tapeline.feed.binance;

import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.VendorJson;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one frame as read so far, under Binance's own names; null or -1 where absent. A
 * mutable carrier, reused for each frame with one owner.
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
  long firstTrade;
  long lastTrade;
  @Nullable String open;
  @Nullable String high;
  @Nullable String low;
  @Nullable String close;
  @Nullable String volume;

  /** Of an answer to a request: its number, and whether it has a result or an error. */
  long requestId;

  boolean answered;
  boolean refused;
  long errorCode;
  @Nullable String errorText;

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
    firstTrade = ABSENT;
    lastTrade = ABSENT;
    open = null;
    high = null;
    low = null;
    close = null;
    volume = null;
    requestId = ABSENT;
    answered = false;
    refused = false;
    errorCode = 0;
    errorText = null;
    dataStart = 0;
    dataEnd = 0;
  }

  /** The event's own object, copied from the frame that begins at this place of the buffer. */
  VendorJson raw(byte[] buffer, int offset) {
    return new VendorJson(Arrays.copyOfRange(buffer, offset + dataStart, offset + dataEnd));
  }
}
