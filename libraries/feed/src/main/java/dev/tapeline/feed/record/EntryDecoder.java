package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes the entries of blocks, as {@link EntryEncoder} has encoded them. Owned by one thread. */
final class EntryDecoder {

  private final WatchlistJson watchlists = new WatchlistJson();
  private final List<String> names = new ArrayList<>();
  private long last;

  /**
   * All entries of a block.
   *
   * @param base the time that the first entry is told from, epoch ms UTC
   * @throws IllegalArgumentException if it holds something else
   */
  List<Entry> decode(ByteBuffer in, long base) {
    names.clear();
    last = base;
    List<Entry> entries = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        entries.add(entry(in));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("an entry breaks off", e);
    }
    return entries;
  }

  private Entry entry(ByteBuffer in) {
    EntryKind kind = EntryKind.of(in.get());
    last += Bytes.signed(in);
    if (kind == EntryKind.LOST) {
      return new Entry.Lost(Bytes.number(in), last - Bytes.signed(in), last);
    }
    return kind == EntryKind.BEGUN ? new Entry.Begun(last) : new Entry.Arrived(arrival(kind, in));
  }

  private Arrival arrival(EntryKind kind, ByteBuffer in) {
    return switch (kind) {
      case WATCH -> new Arrival.Watch(watchlists.read(Bytes.blob(in)), last);
      case TIME -> new Arrival.Time(last);
      case OPENED -> new Arrival.Opened(name(in), last);
      case TEXT -> new Arrival.Frame(name(in), true, Bytes.blob(in), last);
      case BINARY -> new Arrival.Frame(name(in), false, Bytes.blob(in), last);
      case CLOSED -> new Arrival.Ended(name(in), new SocketEnd.Closed(whole(in), text(in)), last);
      case REFUSED -> new Arrival.Ended(name(in), new SocketEnd.Refused(whole(in), text(in)), last);
      case BROKEN -> new Arrival.Ended(name(in), new SocketEnd.Broken(text(in)), last);
      case ANSWER -> new Arrival.Answer(name(in), whole(in), Bytes.blob(in), last);
      case UNANSWERED -> new Arrival.Unanswered(name(in), text(in), last);
      case PINGED -> new Arrival.Pinged(name(in), last);
      case BEGUN, LOST -> throw new IllegalArgumentException(kind + " is no arrival");
    };
  }

  private static int whole(ByteBuffer in) {
    long value = Bytes.signed(in);
    if (value != (int) value) {
      throw new IllegalArgumentException("a number of over 32 bits: " + value);
    }
    return (int) value;
  }

  private static String text(ByteBuffer in) {
    return new String(Bytes.blob(in), StandardCharsets.UTF_8);
  }

  private String name(ByteBuffer in) {
    long number = Bytes.number(in);
    if (number == 0) {
      String name = text(in);
      names.add(name);
      return name;
    }
    if (number < 0 || number > names.size()) {
      throw new IllegalArgumentException("no name has the number " + number);
    }
    return names.get((int) number - 1);
  }
}
