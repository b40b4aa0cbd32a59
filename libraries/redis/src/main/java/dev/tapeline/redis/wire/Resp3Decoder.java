package dev.tapeline.redis.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of what Redis sends to a subscriber, whatever pieces it arrives in. A message costs
 * its payload's copy and nothing else. Owned by one thread, and of no use after it has thrown.
 */
final class Resp3Decoder {

  /** Hears what was decoded, in the order in which Redis sent it. */
  interface Listener {

    /**
     * A message has come.
     *
     * @param pattern what the message was sent for; null for the channel's own subscription
     */
    void onMessage(@Nullable String pattern, String channel, byte[] payload);

    /** A message has come on a channel that one node of a cluster broadcasts. */
    void onShardMessage(String channel, byte[] payload);

    /**
     * A subscription has been made or has ended.
     *
     * @param kind such as {@code subscribe}
     */
    void onConfirmation(String kind, String name);

    /**
     * Something else was answered.
     *
     * @param text null for a null, and for an aggregate, which nothing here asks for
     */
    void onReply(byte @Nullable [] text);

    void onError(String message);
  }

  static final int INITIAL_BYTES = 1 << 17;
  private static final int MAX_KEPT_BYTES = 1 << 22;
  private static final int MAX_BYTES = Resp3Scanner.MAX_BULK + (1 << 20);
  private static final int VERBATIM_FORMAT = 4;
  private static final byte[] MESSAGE = bytes("message");
  private static final byte[] PATTERN_MESSAGE = bytes("pmessage");
  private static final byte[] SHARD_MESSAGE = bytes("smessage");

  private final ChannelNames names;
  private final Listener listener;
  private final Resp3Scanner scanner = new Resp3Scanner();
  private byte[] buffer = new byte[INITIAL_BYTES];
  private int start;
  private int end;

  Resp3Decoder(ChannelNames names, Listener listener) {
    this.names = names;
    this.listener = listener;
  }

  /**
   * Takes all bytes in.
   *
   * @throws MalformedReplyException if they are not Redis's
   */
  void decode(ByteBuf in) {
    take(in);
    while (scanner.scan(buffer, start, end)) {
      int value = start;
      start += scanner.length();
      deliver(value);
    }
    shrink();
  }

  private void take(ByteBuf in) {
    int more = in.readableBytes();
    if (buffer.length - end < more) {
      makeRoom(more);
    }
    in.readBytes(buffer, end, more);
    end += more;
  }

  private void makeRoom(int more) {
    int held = end - start;
    long needed = (long) held + more;
    if (needed > MAX_BYTES) {
      throw new MalformedReplyException("a value of more than %d bytes".formatted(MAX_BYTES));
    }
    byte[] room =
        needed <= buffer.length
            ? buffer
            : new byte[(int) Math.max(needed, Math.min(2L * buffer.length, MAX_BYTES))];
    move(held, room);
  }

  private void shrink() {
    int held = end - start;
    if (held == 0) {
      start = 0;
      end = 0;
    }
    if (buffer.length > MAX_KEPT_BYTES && held <= INITIAL_BYTES) {
      move(held, new byte[INITIAL_BYTES]);
    }
  }

  private void move(int held, byte[] room) {
    System.arraycopy(buffer, start, room, 0, held);
    buffer = room;
    start = 0;
    end = held;
  }

  private void deliver(int value) {
    switch (scanner.type()) {
      case Resp3Scanner.PUSH -> push(value);
      case '-', '!' -> listener.onError(new String(text(value, 0), StandardCharsets.UTF_8));
      case '=' -> listener.onReply(verbatim(value));
      default -> listener.onReply(scanner.length(0) < 0 ? null : text(value, 0));
    }
  }

  private void push(int value) {
    int texts = scanner.texts();
    if (texts == 3 && is(MESSAGE, value)) {
      listener.onMessage(null, name(value, 1), text(value, 2));
    } else if (texts == 4 && is(PATTERN_MESSAGE, value)) {
      listener.onMessage(name(value, 1), name(value, 2), text(value, 3));
    } else if (texts == 3 && is(SHARD_MESSAGE, value)) {
      listener.onShardMessage(name(value, 1), text(value, 2));
    } else if (texts == 3) {
      other(value, new String(text(value, 0), StandardCharsets.UTF_8));
    }
  }

  /** There are pushes that have nothing to do with subscriptions. */
  private void other(int value, String kind) {
    switch (kind) {
      case "subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe" ->
          listener.onConfirmation(kind, name(value, 1));
      default -> {}
    }
  }

  private boolean is(byte[] kind, int value) {
    int from = value + scanner.start(0);
    return scanner.length(0) == kind.length
        && Arrays.equals(kind, 0, kind.length, buffer, from, from + kind.length);
  }

  private String name(int value, int text) {
    return names.of(buffer, value + scanner.start(text), length(text));
  }

  private byte[] text(int value, int text) {
    int from = value + scanner.start(text);
    return Arrays.copyOfRange(buffer, from, from + length(text));
  }

  private int length(int text) {
    int length = scanner.length(text);
    if (length < 0) {
      throw new MalformedReplyException("a null or a list where a text should be");
    }
    return length;
  }

  /** The text without the three letters and the colon that tell its format. */
  private byte[] verbatim(int value) {
    byte[] whole = text(value, 0);
    return Arrays.copyOfRange(whole, Math.min(VERBATIM_FORMAT, whole.length), whole.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
