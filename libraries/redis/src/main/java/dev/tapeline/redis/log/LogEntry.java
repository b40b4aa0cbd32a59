package dev.tapeline.redis.log;

import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.redis.wire.MalformedReplyException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An entry of a log as Redis holds it: a line {@code <seq> <ms> <exchange> <ingest>}, then the
 * payload.
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
public record LogEntry(long seq, long millis, Stamps stamps, byte[] payload) {

  public static LogEntry parse(byte[] bytes) {
    return parse(bytes, 0, bytes.length);
  }

  public static LogEntry parse(byte[] bytes, int from, int to) {
    Cursor cursor = new Cursor(bytes, from, to);
    long seq = cursor.number(' ');
    long millis = cursor.number(' ');
    long exchange = cursor.number(' ');
    long ingest = cursor.number('\n');
    Stamps stamps = exchange == 0 && ingest == 0 ? Stamps.NONE : new Stamps(exchange, ingest);
    return new LogEntry(seq, millis, stamps, Arrays.copyOfRange(bytes, cursor.at(), to));
  }

  /** The part of an entry after its number and time. */
  static byte[] body(Publication publication) {
    Stamps stamps = publication.stamps();
    byte[] line =
        (stamps.exchange() + " " + stamps.ingest() + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] payload = publication.payload();
    byte[] body = Arrays.copyOf(line, line.length + payload.length);
    System.arraycopy(payload, 0, body, line.length, payload.length);
    return body;
  }

  ChannelLog.Entry of(String channel, String epoch) {
    return new ChannelLog.Entry(publication(channel, new Position(epoch, seq)), millis);
  }

  public Publication publication(String channel, Position position) {
    return new Publication(channel, payload, stamps, position);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads numbers and words from bytes, one after the other. Owned by one thread. */
  public static final class Cursor {

    /** As many as each long can hold. */
    private static final int MOST_DIGITS = 18;

    private final byte[] bytes;
    private final int to;
    private int at;

    public Cursor(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.at = from;
      this.to = to;
    }

    int at() {
      return at;
    }

    public boolean isAtEnd() {
      return at == to;
    }

    /** Skips bytes and returns the index of the first of them. */
    public int skip(int length) {
      if (length < 0 || length > to - at) {
        throw new MalformedReplyException("%d bytes where %d are left".formatted(length, to - at));
      }
      int from = at;
      at += length;
      return from;
    }

    public long number(char end) {
      long value = 0;
      int from = at;
      while (at < to && bytes[at] != end) {
        int digit = bytes[at++] - '0';
        if (digit < 0 || digit > 9) {
          throw new MalformedReplyException("a number with byte 0x%02x".formatted(bytes[at - 1]));
        }
        value = 10 * value + digit;
      }
      if (at - from > MOST_DIGITS) {
        throw new MalformedReplyException("a number of %d digits".formatted(at - from));
      }
      finish(from);
      return value;
    }

    public String word(char end) {
      int from = at;
      while (at < to && bytes[at] != end) {
        at++;
      }
      finish(from);
      return new String(bytes, from, at - 1 - from, StandardCharsets.UTF_8);
    }

    private void finish(int from) {
      if (at == to || at == from) {
        throw new MalformedReplyException("an empty or unended word at byte %d".formatted(from));
      }
      at++;
    }
  }
}
