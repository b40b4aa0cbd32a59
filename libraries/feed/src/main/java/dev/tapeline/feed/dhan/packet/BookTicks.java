package dev.tapeline.feed.dhan.packet;

import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the best prices and the book of five levels, where they have changed. Rows of zeros are no
 * levels, and a book of nothing else is not told. Owned by the thread of its feed.
 */
final class BookTicks {

  private static final int LEVELS = 5;
  private static final int LEVEL = 20;
  private static final int SIZE = LEVELS * LEVEL;

  void levels(InstrumentState state, byte[] frame, int at, Times times, PacketTicks out) {
    byte[] before = state.levels;
    if (before != null && Arrays.equals(frame, at, at + SIZE, before, 0, SIZE)) {
      return;
    }
    if (!areValid(frame, at)) {
      out.badBook(state);
      return;
    }
    if (before == null) {
      before = new byte[SIZE];
      state.levels = before;
    }
    System.arraycopy(frame, at, before, 0, SIZE);
    quote(state, frame, at, times, out);
    if (!state.deep) {
      book(state, frame, at, times, out);
    }
  }

  private static boolean areValid(byte[] frame, int at) {
    boolean valid = true;
    for (int level = at; level < at + SIZE; level += LEVEL) {
      valid &= Prices.isValid(Bytes.i32(frame, level + 12));
      valid &= Prices.isValid(Bytes.i32(frame, level + 16));
    }
    return valid;
  }

  private void quote(InstrumentState s, byte[] frame, int at, Times times, PacketTicks out) {
    int bid = Bytes.i32(frame, at + 12);
    int ask = Bytes.i32(frame, at + 16);
    int bidQuantity = Bytes.i32(frame, at);
    int askQuantity = Bytes.i32(frame, at + 4);
    boolean isNew =
        bid != s.bid
            || ask != s.ask
            || bidQuantity != s.bidQuantity
            || askQuantity != s.askQuantity;
    if (!isNew) {
      return;
    }
    BestPrice bestBid = best(bid, bidQuantity);
    BestPrice bestAsk = best(ask, askQuantity);
    if (bestBid != null || bestAsk != null) {
      s.bid = bid;
      s.ask = ask;
      s.bidQuantity = bidQuantity;
      s.askQuantity = askQuantity;
      out.tell(new Tick.Quote(s.instrument, times, 0, bestBid, bestAsk));
    }
  }

  private @Nullable BestPrice best(int bits, int quantity) {
    BigDecimal price = Prices.of(bits);
    return price == null || quantity == 0
        ? null
        : new BestPrice(price, BigDecimal.valueOf(quantity & 0xFFFF_FFFFL));
  }

  private void book(InstrumentState s, byte[] frame, int at, Times times, PacketTicks out) {
    List<Level> bids = side(frame, at, at + 12);
    List<Level> asks = side(frame, at + 4, at + 16);
    if (!bids.isEmpty() || !asks.isEmpty()) {
      out.tell(new Tick.Depth(s.instrument, times, true, 0, 0, bids, asks, null));
    }
  }

  private List<Level> side(byte[] frame, int quantities, int ofPrices) {
    Level[] found = new Level[LEVELS];
    int count = 0;
    for (int at = 0; at < SIZE; at += LEVEL) {
      long quantity = Bytes.u32(frame, quantities + at);
      BigDecimal price = Prices.of(Bytes.i32(frame, ofPrices + at));
      if (quantity != 0 && price != null) {
        found[count++] = new Level(price, BigDecimal.valueOf(quantity));
      }
    }
    return count == LEVELS ? List.of(found) : List.of(Arrays.copyOf(found, count));
  }
}
