package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Encodes the entries of one block after the other. Times are differences to the entry before, and
 * a name is written once a block, so that each block can be read by itself. Owned by the recorder's
 * thread.
 */
final class EntryEncoder {

  private final WatchlistJson watchlists = new WatchlistJson();
  private final Map<String, Integer> names = new HashMap<>();
  private final Bytes out;
  private long last;

  EntryEncoder(Bytes out) {
    this.out = out;
  }

  /**
   * Begins a block.
   *
   * @param base the time that the first entry is told from, epoch ms UTC
   */
  void begin(long base) {
    names.clear();
    last = base;
  }

  void add(Entry entry) {
    switch (entry) {
      case Entry.Arrived(Arrival arrival) -> add(arrival);
      case Entry.Begun(long received) -> begin(EntryKind.BEGUN, received);
      case Entry.Lost(long count, long from, long to) -> {
        begin(EntryKind.LOST, to);
        out.addNumber(count);
        out.addSigned(to - from);
      }
    }
  }

  private void begin(EntryKind kind, long received) {
    out.addByte(kind.code());
    out.addSigned(received - last);
    last = received;
  }

  private void add(Arrival arrival) {
    switch (arrival) {
      case Arrival.Watch(var watchlist, long received) -> {
        begin(EntryKind.WATCH, received);
        out.addBlob(watchlists.write(watchlist));
      }
      case Arrival.Time(long received) -> begin(EntryKind.TIME, received);
      case Arrival.Opened(String socket, long received) -> {
        begin(EntryKind.OPENED, received);
        name(socket);
      }
      case Arrival.Frame(String socket, boolean text, byte[] payload, long received) -> {
        begin(text ? EntryKind.TEXT : EntryKind.BINARY, received);
        name(socket);
        out.addBlob(payload);
      }
      case Arrival.Ended(String socket, SocketEnd end, long received) -> end(socket, end, received);
      case Arrival.Answer(String call, int status, byte[] body, long received) -> {
        begin(EntryKind.ANSWER, received);
        name(call);
        out.addSigned(status);
        out.addBlob(body);
      }
      case Arrival.Unanswered(String call, String reason, long received) -> {
        begin(EntryKind.UNANSWERED, received);
        name(call);
        text(reason);
      }
      case Arrival.Pinged(String socket, long received) -> {
        begin(EntryKind.PINGED, received);
        name(socket);
      }
    }
  }

  private void end(String socket, SocketEnd end, long received) {
    switch (end) {
      case SocketEnd.Closed(int code, String reason) -> {
        begin(EntryKind.CLOSED, received);
        name(socket);
        out.addSigned(code);
        text(reason);
      }
      case SocketEnd.Refused(int status, String reason) -> {
        begin(EntryKind.REFUSED, received);
        name(socket);
        out.addSigned(status);
        text(reason);
      }
      case SocketEnd.Broken(String reason) -> {
        begin(EntryKind.BROKEN, received);
        name(socket);
        text(reason);
      }
    }
  }

  private void text(String text) {
    out.addBlob(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The number of a name in this block, from 1; a new one follows the number 0. */
  private void name(String name) {
    Integer known = names.get(name);
    if (known != null) {
      out.addNumber(known);
      return;
    }
    out.addNumber(0);
    text(name);
    names.put(name, names.size() + 1);
  }
}
