package dev.tapeline.plant.wire;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.plant.channels.Channels;
import java.util.Arrays;
import java.util.Optional;

/**
 * Folds the publications of one {@code depth@} channel into the book, and renders the book as a
 * publication of the channel: same envelope, same form, marked {@code "snapshot":true}.
 *
 * <p>A publication so marked replaces the book. In Binance's form ({@code depthUpdate}) the book
 * begins with one of these; in the simple form with the first change seen, if none came before.
 * After a gap in the ids there is no book until the next whole one. Other publications are counted
 * and ignored. Not thread-safe.
 */
public final class BookSnapshots {

  private static final int MAX_LEVELS = 1000;

  private final String channel;
  private final String symbol;
  private final BinanceDecoder decoder;
  private final TickBuffer ticks = new TickBuffer();
  private final JsonBytes out = new JsonBytes();
  private BookForm form = BookForm.SIMPLE;
  private OrderBook book = new OrderBook(OrderBook.Start.EMPTY);
  private long time;
  private boolean simulated;
  private long ignored;

  /** The fold of a channel of this name. */
  public BookSnapshots(String channel) {
    this.channel = channel;
    this.symbol = Channels.symbolOfDepth(channel);
    Instrument any = Instrument.binance("BOOK");
    this.decoder = new BinanceDecoder(_ -> any);
  }

  /** Takes the payload of the channel's next publication. */
  public void apply(byte[] payload) {
    ticks.clear();
    if (decoder.decode(payload, 0, payload.length, 0, ticks) instanceof Decoded.Read(String event)
        && !event.isEmpty()
        && ticks.ticks().getFirst() instanceof Tick.Depth depth) {
      begin(BookForm.ofEvent(event));
      if (depth.snapshot()) {
        book.reset();
      }
      time = depth.times().exchange();
      simulated = endsWith(payload, PayloadWriter.SIMULATED_END);
      book.apply(depth);
    } else {
      ignored++;
    }
  }

  private static boolean endsWith(byte[] bytes, byte[] end) {
    int start = bytes.length - end.length;
    return start >= 0 && Arrays.equals(bytes, start, bytes.length, end, 0, end.length);
  }

  private void begin(BookForm next) {
    if (next != form) {
      form = next;
      reset();
    }
  }

  /** Forgets the book, as when publications may have been missed. */
  public void reset() {
    book =
        new OrderBook(form == BookForm.BINANCE ? OrderBook.Start.SNAPSHOT : OrderBook.Start.EMPTY);
  }

  /** The whole book, at most 1,000 levels a side; empty while it isn't known. */
  public Optional<byte[]> snapshot() {
    if (!book.isWhole()) {
      return Optional.empty();
    }
    out.clear().ascii("{\"stream\":").string(channel).ascii(",\"data\":");
    form.writeBook(out, symbol, book, MAX_LEVELS, time);
    return Optional.of(
        out.raw(simulated ? PayloadWriter.SIMULATED_END : PayloadWriter.END).toBytes());
  }

  /** The number of publications that were not changes of a book. */
  public long ignored() {
    return ignored;
  }
}
