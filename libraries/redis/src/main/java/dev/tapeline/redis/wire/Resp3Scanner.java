package dev.tapeline.redis.wire;

/**
 * Finds where a RESP3 value ends and where the texts in it lie, however the bytes arrive: it goes
 * on from where it stopped. Holds no bytes; all offsets count from the value's first byte. Owned by
 * one thread.
 *
 * <p>The texts are those of the elements of a push, or the one of a value that is no aggregate.
 * Attributes are passed over as if they were not there.
 */
final class Resp3Scanner {

  static final int MAX_BULK = 512 << 20;
  static final int MAX_LINE = 1 << 16;
  static final int MAX_DEPTH = 8;
  static final int MAX_ELEMENTS = 1 << 20;
  static final byte PUSH = '>';
  private static final byte ATTRIBUTE = '|';
  private static final int MAX_DIGITS = 10;
  private static final int MAX_TEXTS = 4;
  private static final int NONE = -1;
  private static final int UNFINISHED = -1;

  // The aggregates that the place reached is in, the outermost first.
  private final byte[] kinds = new byte[MAX_DEPTH];
  private final int[] left = new int[MAX_DEPTH];
  private int depth;
  private int reached;
  private boolean whole = true;

  private byte type;
  private int texts;
  private final int[] starts = new int[MAX_TEXTS];
  private final int[] lengths = new int[MAX_TEXTS];

  /**
   * Whether the bytes from start to end hold a whole value. After false the next call is about the
   * same value with more bytes, after true about the next value.
   */
  boolean scan(byte[] bytes, int start, int end) {
    if (whole) {
      reset();
    }
    while (!whole) {
      int next = next(bytes, start, start + reached, end);
      if (next == UNFINISHED) {
        return false;
      }
      reached = next - start;
    }
    return true;
  }

  private void reset() {
    whole = false;
    reached = 0;
    depth = 0;
    texts = 0;
  }

  /** How many bytes the value takes. */
  int length() {
    return reached;
  }

  /** The character that the value begins with. */
  byte type() {
    return type;
  }

  /** How many elements a push has; 1 for another value. */
  int texts() {
    return texts;
  }

  int start(int text) {
    return starts[text];
  }

  /** The length of a text; negative for a null or an aggregate. */
  int length(int text) {
    return lengths[text];
  }

  /** Reads one scalar, or the header of one aggregate, and returns where it ends. */
  private int next(byte[] bytes, int start, int from, int end) {
    int line = endOfLine(bytes, from, end);
    if (line == UNFINISHED) {
      return UNFINISHED;
    }
    byte head = bytes[from];
    int after = line + 2;
    switch (head) {
      case '$', '=', '!' -> {
        return bulk(head, bytes, start, from, line, end);
      }
      case '+', '-', ':', ',', '#', '(' -> scalar(head, from + 1 - start, line - from - 1);
      case '_' -> scalar(head, after - start, NONE);
      case '*', '~', PUSH -> aggregate(head, number(bytes, from + 1, line, MAX_ELEMENTS));
      case '%', ATTRIBUTE -> aggregate(head, 2 * number(bytes, from + 1, line, MAX_ELEMENTS));
      default ->
          throw new MalformedReplyException("no value begins with byte 0x%02x".formatted(head));
    }
    return after;
  }

  private static int endOfLine(byte[] bytes, int from, int end) {
    int last = Math.min(end, from + MAX_LINE);
    for (int i = from; i < last; i++) {
      if (bytes[i] == '\r') {
        return i + 1 == end ? UNFINISHED : checked(bytes, i);
      }
    }
    if (end - from >= MAX_LINE) {
      throw new MalformedReplyException("a line of %d bytes or more".formatted(MAX_LINE));
    }
    return UNFINISHED;
  }

  /** The place of a line's end, if it is one. */
  private static int checked(byte[] bytes, int at) {
    if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
      throw new MalformedReplyException("no line ends where one should");
    }
    return at;
  }

  private int bulk(byte head, byte[] bytes, int start, int from, int line, int end) {
    int size = number(bytes, from + 1, line, MAX_BULK);
    int content = line + 2;
    if (size < 0) {
      scalar(head, content - start, NONE);
      return content;
    }
    if (end - content < size + 2) {
      return UNFINISHED;
    }
    scalar(head, content - start, size);
    return checked(bytes, content + size) + 2;
  }

  /** A size: at most the limit, or -1 as older versions of the protocol write a null. */
  private static int number(byte[] bytes, int from, int to, int limit) {
    if (to - from == 2 && bytes[from] == '-' && bytes[from + 1] == '1') {
      return NONE;
    }
    if (to == from || to - from > MAX_DIGITS) {
      throw new MalformedReplyException("a size of %d digits".formatted(to - from));
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedReplyException("a size with byte 0x%02x".formatted(bytes[i]));
      }
      value = 10 * value + digit;
    }
    if (value > limit) {
      throw new MalformedReplyException("a size of %d, above %d".formatted(value, limit));
    }
    return (int) value;
  }

  private void scalar(byte head, int start, int length) {
    note(head, start, length);
    finish();
  }

  private void aggregate(byte head, int elements) {
    boolean attribute = head == ATTRIBUTE;
    if (!attribute) {
      note(head, 0, NONE);
    }
    if (elements > 0) {
      open(head, elements);
    } else if (!attribute) {
      finish();
    }
  }

  private void open(byte head, int elements) {
    if (depth == MAX_DEPTH) {
      throw new MalformedReplyException("more than %d levels of nesting".formatted(MAX_DEPTH));
    }
    // The elements of a push take the place of its own text.
    texts = depth == 0 ? 0 : texts;
    kinds[depth] = head;
    left[depth++] = elements;
  }

  private void note(byte head, int start, int length) {
    if (depth == 0) {
      type = head;
      keep(start, length);
    } else if (depth == 1 && kinds[0] == PUSH) {
      keep(start, length);
    }
  }

  private void keep(int start, int length) {
    if (texts < MAX_TEXTS) {
      starts[texts] = start;
      lengths[texts] = length;
    }
    texts++;
  }

  /** Counts a value off what it is in; an attribute that ends so is no value itself. */
  private void finish() {
    while (depth > 0) {
      if (--left[depth - 1] > 0) {
        return;
      }
      if (kinds[--depth] == ATTRIBUTE) {
        return;
      }
    }
    whole = true;
  }
}
