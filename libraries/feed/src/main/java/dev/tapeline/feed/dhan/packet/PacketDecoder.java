package dev.tapeline.feed.dhan.packet;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.TickListener;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of the live feed: one packet, or several one after the other.
 *
 * <table>
 * <caption>Packets by their code</caption>
 * <tr><th>code</th><th>bytes</th><th>is</th></tr>
 * <tr><td>0</td><td>any</td><td>a sign of life</td></tr>
 * <tr><td>1</td><td>32</td><td>the value and the figures of an index</td></tr>
 * <tr><td>2</td><td>16</td><td>last price and its time</td></tr>
 * <tr><td>4</td><td>50</td><td>the same with the figures of the session</td></tr>
 * <tr><td>5</td><td>12</td><td>open interest</td></tr>
 * <tr><td>6</td><td>16</td><td>close and open interest of the session before</td></tr>
 * <tr><td>7</td><td>8</td><td>status of the market, which says nothing</td></tr>
 * <tr><td>8</td><td>162</td><td>code 4 with open interest and five levels of the book</td></tr>
 * <tr><td>50</td><td>10</td><td>the reason for which the vendor disconnects</td></tr>
 * </table>
 *
 * <p>A packet is split off by the size of its code; if its header says that it is longer, by that.
 * Others are skipped by the length in their header. If that is wrong too, the rest of the frame is
 * dropped. Owned by the thread of its feed.
 */
public final class PacketDecoder {

  private static final int HEADER = 8;
  private static final int HEARTBEAT = 0;
  private static final int INDEX = 1;
  private static final int TICKER = 2;
  private static final int QUOTE = 4;
  private static final int INTEREST = 5;
  private static final int PREV_CLOSE = 6;
  private static final int STATUS = 7;
  private static final int FULL = 8;
  private static final int DISCONNECT = 50;

  private final InstrumentTable table;
  private final PacketListener listener;
  private final PacketTicks ticks;

  /**
   * @param ahead how far the time of a trade is ahead of UTC: the vendor sends India's wall clock
   */
  public PacketDecoder(
      InstrumentTable table, TradingHours hours, Duration ahead, PacketListener listener) {
    this.table = table;
    this.listener = listener;
    this.ticks = new PacketTicks(hours, ahead, listener);
  }

  /**
   * Decodes a frame, and ends it at the listener if it had ticks.
   *
   * @return how many packets of watched instruments were in it
   */
  public int decode(byte[] frame, int offset, int length, long received, TickListener out) {
    ticks.begin(received, out);
    int end = offset + length;
    int at = offset;
    int packets = 0;
    while (end - at >= HEADER) {
      int size = sizeAt(frame, at, end);
      if (size < 0) {
        at = end;
      } else {
        packets += packet(frame, at, size);
        at += size;
      }
    }
    if (at < end && Bytes.u8(frame, at) != HEARTBEAT) {
      listener.onFault("length", "%d bytes at the end of a frame".formatted(end - at));
    }
    if (ticks.end()) {
      out.onFrameEnd();
    }
    return packets;
  }

  /**
   * Tells the last prices of those instruments again that the feed has sent on the connection at
   * hand: somebody asks for them, and nothing else can be newer.
   *
   * @param received epoch ms
   */
  public void tellAgain(List<Instrument> instruments, long received, TickListener out) {
    ticks.begin(received, out);
    for (Instrument instrument : instruments) {
      InstrumentState state = table.find(instrument);
      if (state != null && state.streaming) {
        ticks.priceAgain(state);
      }
    }
    if (ticks.end()) {
      out.onFrameEnd();
    }
  }

  /** How far it is to the next packet; negative if that is unknown. */
  private int sizeAt(byte[] frame, int at, int end) {
    int code = Bytes.u8(frame, at);
    int known = known(code);
    int told = Bytes.u16(frame, at + 1);
    if (told == known && told <= end - at) {
      return told;
    }
    return code == HEARTBEAT ? heartbeat(told, end - at) : odd(code, known, told, end - at);
  }

  private static int heartbeat(int told, int left) {
    return told >= HEADER && told <= left ? told : -1;
  }

  private int odd(int code, int known, int told, int left) {
    boolean toldIsUsable = told >= HEADER && told <= left;
    if (known < 0 && toldIsUsable) {
      return told; // counted as an unknown code
    }
    listener.onFault(
        "length", "a packet of code %d has %d bytes, of %d left".formatted(code, told, left));
    if (toldIsUsable) {
      return told;
    }
    return known > 0 && known <= left ? known : -1;
  }

  private static int known(int code) {
    return switch (code) {
      case INDEX -> 32;
      case TICKER, PREV_CLOSE -> 16;
      case QUOTE -> 50;
      case INTEREST -> 12;
      case STATUS -> HEADER;
      case FULL -> 162;
      case DISCONNECT -> 10;
      default -> -1;
    };
  }

  /** Reads one packet, and returns 1 if it is of a watched instrument. */
  private int packet(byte[] frame, int at, int size) {
    int code = Bytes.u8(frame, at);
    int known = known(code);
    if (code == HEARTBEAT || code == STATUS) {
      return 0;
    } else if (known < 0) {
      listener.onFault("code", "a packet of the unknown code %d".formatted(code));
      return 0;
    } else if (size < known) {
      return 0; // counted as a wrong length
    } else if (code == DISCONNECT) {
      listener.onDisconnect(Bytes.u16(frame, at + HEADER));
      return 0;
    }
    InstrumentState state = state(frame, at);
    if (state == null) {
      return 0;
    }
    ticks.seen(state);
    dispatch(code, state, frame, at);
    return 1;
  }

  private void dispatch(int code, InstrumentState state, byte[] frame, int at) {
    switch (code) {
      case INDEX -> ticks.index(state, frame, at);
      case TICKER -> ticks.ticker(state, frame, at);
      case QUOTE -> ticks.quote(state, frame, at);
      case INTEREST -> ticks.interest(state, Bytes.u32(frame, at + 8), 0, 0);
      case PREV_CLOSE -> ticks.prevClose(state, frame, at);
      default -> ticks.full(state, frame, at);
    }
  }

  private @Nullable InstrumentState state(byte[] frame, int at) {
    int number = Bytes.u8(frame, at + 3);
    Segment segment = Segment.of(number);
    if (segment == null) {
      listener.onFault("segment", "a packet of the unknown segment %d".formatted(number));
      return null;
    }
    long id = Bytes.u32(frame, at + 4);
    InstrumentState state = table.find(segment, id);
    if (state == null) {
      listener.onFault("unwatched", "a packet of %s:%d, not watched".formatted(segment, id));
      return null;
    }
    return state.removed == InstrumentState.NONE ? state : null;
  }
}
