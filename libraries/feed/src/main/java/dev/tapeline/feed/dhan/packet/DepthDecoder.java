package dev.tapeline.feed.dhan.packet;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of the sockets for books of 20 and of 200 levels. The sides of a book come as
 * packets of their own, the bids (code 41) before the asks (code 51): a pair is one book. Where one
 * side comes again without the other, the book is told with the other as it was. Owned by the
 * thread of its feed.
 */
public final class DepthDecoder {

  private static final int HEADER = 12;
  private static final int ROW = 16;
  private static final int MAX_ROWS = 200;
  private static final int BID = 41;
  private static final int ASK = 51;
  private static final int DISCONNECT = 50;

  private final InstrumentTable table;
  private final PacketListener listener;
  private final Map<Instrument, Book> books = new HashMap<>();

  /** The sides of a book; null before the first. Mutable, within its decoder. */
  private static final class Book {
    @Nullable List<Level> bids;
    @Nullable List<Level> asks;

    /** Whether the bids have not been told yet. */
    boolean pending;
  }

  public DepthDecoder(InstrumentTable table, PacketListener listener) {
    this.table = table;
    this.listener = listener;
  }

  /** Forgets what was sent of an instrument. */
  public void forget(Instrument instrument) {
    books.remove(instrument);
    table.notDeep(instrument);
  }

  /** Forgets all other instruments. */
  public void retain(Set<Instrument> watched) {
    books.keySet().retainAll(watched);
  }

  /**
   * Decodes a frame, and ends it at the listener if it had ticks.
   *
   * @return how many packets of watched instruments were in it
   */
  public int decode(byte[] frame, int offset, int length, long received, TickListener out) {
    int end = offset + length;
    int at = offset;
    int packets = 0;
    boolean told = false;
    while (end - at >= HEADER) {
      int size = Bytes.u16(frame, at);
      if (size < HEADER || size > end - at) {
        break;
      }
      InstrumentState state = state(frame, at, size);
      if (state != null) {
        packets++;
        told |= side(state, frame, at, size, received, out);
      }
      at += size;
    }
    if (at < end) {
      listener.onFault("length", "%d bytes at the end of a frame".formatted(end - at));
    }
    if (told) {
      out.onFrameEnd();
    }
    return packets;
  }

  /** The instrument of a packet that is a side of a book; null for others. */
  private @Nullable InstrumentState state(byte[] frame, int at, int size) {
    int code = Bytes.u8(frame, at + 2);
    if (code == DISCONNECT) {
      listener.onDisconnect(
          size >= HEADER + 2 ? Bytes.u16(frame, at + HEADER) : Bytes.i32(frame, at + 8));
      return null;
    } else if (code != BID && code != ASK) {
      listener.onFault("code", "a packet of the unknown code %d".formatted(code));
      return null;
    } else if ((size - HEADER) % ROW != 0 || size > HEADER + MAX_ROWS * ROW) {
      listener.onFault("length", "a side of a book of %d bytes".formatted(size));
      return null;
    }
    Segment segment = Segment.of(Bytes.u8(frame, at + 3));
    if (segment == null) {
      listener.onFault("segment", "a book of the unknown segment " + Bytes.u8(frame, at + 3));
      return null;
    }
    return watched(segment, Bytes.u32(frame, at + 4));
  }

  private @Nullable InstrumentState watched(Segment segment, long id) {
    InstrumentState state = table.find(segment, id);
    if (state == null) {
      listener.onFault("unwatched", "a book of %s:%d, not watched".formatted(segment, id));
      return null;
    }
    return state.removed == InstrumentState.NONE ? state : null;
  }

  private boolean side(
      InstrumentState state, byte[] frame, int at, int size, long received, TickListener out) {
    List<Level> levels = levels(frame, at + HEADER, at + size);
    if (levels == null) {
      listener.onFault("price", "a price in the book of " + state.instrument.symbol());
      return false;
    }
    state.deep = true;
    Book book = books.computeIfAbsent(state.instrument, _ -> new Book());
    boolean isBid = Bytes.u8(frame, at + 2) == BID;
    boolean told = false;
    if (isBid && book.pending) {
      told = tell(state, book, received, out);
    }
    if (isBid) {
      book.bids = levels;
      book.pending = true;
      return told;
    }
    book.asks = levels;
    return tell(state, book, received, out);
  }

  private static boolean tell(InstrumentState state, Book book, long received, TickListener out) {
    List<Level> bids = book.bids == null ? List.of() : book.bids;
    List<Level> asks = book.asks == null ? List.of() : book.asks;
    book.pending = false;
    if (bids.isEmpty() && asks.isEmpty()) {
      return false;
    }
    Times times = new Times(0, received);
    out.onTick(new Tick.Depth(state.instrument, times, true, 0, 0, bids, asks, null));
    return true;
  }

  /** The levels of a packet without its rows of zeros; null if a price is none. */
  private static @Nullable List<Level> levels(byte[] frame, int from, int end) {
    List<Level> levels = new ArrayList<>((end - from) / ROW);
    for (int at = from; at < end; at += ROW) {
      double value = Bytes.f64(frame, at);
      long quantity = Bytes.u32(frame, at + 8);
      BigDecimal price = Prices.of(value);
      if (price != null && quantity != 0) {
        levels.add(new Level(price, BigDecimal.valueOf(quantity)));
      } else if (price == null && value != 0) {
        return null;
      }
    }
    return List.copyOf(levels);
  }
}
