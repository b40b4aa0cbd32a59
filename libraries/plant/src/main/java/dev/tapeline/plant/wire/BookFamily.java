package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * {@code depth@{SYMBOL}}: the changes of an order book, and whole books marked {@code
 * "snapshot":true}, which replace what was built before.
 *
 * <p>A whole book also follows the change of the book after every so many changes, for receivers
 * that joined late, and once after publications were lost.
 */
final class BookFamily implements ChannelFamily {

  private static final int WHOLE_BOOK_LEVELS = 5000;

  private final PayloadWriter writer;
  private final int wholeBookEvery;
  private final BooleanSupplier up;
  private final LongSupplier losses;
  private final AtomicLong gaps = new AtomicLong();

  /**
   * @param wholeBookEvery after how many changes of a book it is published whole; 0 for never
   * @param up whether publications reach all nodes now
   * @param losses how many batches were lost so far
   */
  BookFamily(PayloadWriter writer, int wholeBookEvery, BooleanSupplier up, LongSupplier losses) {
    this.writer = writer;
    this.wholeBookEvery = wholeBookEvery;
    this.up = up;
    this.losses = losses;
  }

  /**
   * The number of times that changes of a book were missed, which made it void until a snapshot.
   */
  long gaps() {
    return gaps.get();
  }

  @Override
  public void onEvent(MarketEvent event, InstrumentChannels channels, Batch out) {
    if (event instanceof MarketEvent.BookChanged(Tick.Depth depth, OrderBook book, var outcome)) {
      if (!depth.snapshot()) {
        out.publish(channels.depthChannel, change(channels, depth), depth.times());
        channels.changesSinceWholeBook++;
      }
      if (outcome == OrderBook.Outcome.GAP) {
        gaps.incrementAndGet();
      }
      if (outcome == OrderBook.Outcome.REPLACED || isWholeBookDue(channels, book)) {
        out.publish(channels.depthChannel, wholeBook(channels, book, depth.times()), depth.times());
        channels.changesSinceWholeBook = 0;
        channels.lossesAtWholeBook = losses.getAsLong();
      }
    }
  }

  private boolean isWholeBookDue(InstrumentChannels channels, OrderBook book) {
    if (!book.isWhole() || !up.getAsBoolean()) {
      return false;
    }
    return (wholeBookEvery > 0 && channels.changesSinceWholeBook >= wholeBookEvery)
        || losses.getAsLong() != channels.lossesAtWholeBook;
  }

  private byte[] change(InstrumentChannels channels, Tick.Depth depth) {
    if (depth.raw() != null) {
      return writer.envelope(channels.depthHead, depth.raw().bytes());
    }
    JsonBytes out = writer.begin(channels.depthHead).ascii("{\"e\":\"depth\",\"a\":");
    BookForm.writeLevels(out, depth.asks());
    out.ascii(",\"b\":");
    BookForm.writeLevels(out, depth.bids());
    BookForm.writeIds(out, depth.firstId(), depth.lastId());
    return writer.endEnvelope();
  }

  private byte[] wholeBook(InstrumentChannels channels, OrderBook book, Times times) {
    JsonBytes out = writer.begin(channels.depthHead);
    channels.bookForm.writeBook(
        out, channels.symbol, book, WHOLE_BOOK_LEVELS, PayloadWriter.bestTime(times));
    return writer.endEnvelope();
  }
}
