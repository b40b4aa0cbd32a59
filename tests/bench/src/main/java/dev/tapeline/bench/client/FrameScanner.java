package dev.tapeline.bench.client;

/** Takes unmasked WebSocket frames, as a server sends them, off the front of a run of bytes. */
public final class FrameScanner {

  private static final int FINAL = 0x80;
  private static final int OPCODE = 0x0f;
  private static final int LENGTH = 0x7f;
  private static final int MEDIUM = 126;
  private static final int LONG = 127;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private FrameScanner() {}

  /** Receives each whole frame; the bytes are valid during the call only. */
  public interface Sink {

    void onText(byte[] bytes, int from, int to);

    void onPing(byte[] bytes, int from, int to);

    void onClose(byte[] bytes, int from, int to);

    /** A frame that this server has no reason to send. */
    void onOddFrame(int head);
  }

  /**
   * Passes on the whole frames in this range.
   *
   * @return the index of the first frame that is not complete yet
   */
  static int scan(byte[] bytes, int from, int to, Sink sink) {
    int at = from;
    while (to - at >= 2) {
      int text = at + headerLength(bytes[at + 1]);
      if (text > to) {
        return at;
      }
      long end = text + textLength(bytes, at);
      if (end > to) {
        return at;
      }
      deliver(bytes, at, text, (int) end, sink);
      at = (int) end;
    }
    return at;
  }

  private static int headerLength(byte second) {
    int length = second & LENGTH;
    return length < MEDIUM ? 2 : length == LONG ? 10 : 4;
  }

  private static long textLength(byte[] bytes, int at) {
    int length = bytes[at + 1] & LENGTH;
    if (length < MEDIUM) {
      return length;
    }
    long sum = 0;
    int end = at + (length == LONG ? 10 : 4);
    for (int i = at + 2; i < end; i++) {
      sum = (sum << 8) | (bytes[i] & 0xff);
    }
    return sum;
  }

  private static void deliver(byte[] bytes, int at, int text, int end, Sink sink) {
    int head = bytes[at] & 0xff;
    if (head == (FINAL | TEXT)) {
      sink.onText(bytes, text, end);
      return;
    }
    switch (head & OPCODE) {
      case PING -> sink.onPing(bytes, text, end);
      case CLOSE -> sink.onClose(bytes, text, end);
      case PONG -> {}
      default -> sink.onOddFrame(head);
    }
  }
}
