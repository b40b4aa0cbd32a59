package dev.tapeline.json;

/**
 * A check whether bytes are one JSON text (RFC 8259) in valid UTF-8, nested at most {@link
 * #MAX_DEPTH} deep. It is on the path of every publication: it allocates one small object and reads
 * each byte once.
 */
public final class JsonText {

  public static final int MAX_DEPTH = 256;

  private final byte[] bytes;
  private final long[] objects = new long[MAX_DEPTH / Long.SIZE];
  private int depth;
  private int at;

  private JsonText(byte[] bytes) {
    this.bytes = bytes;
  }

  public static boolean isValid(byte[] bytes) {
    return new JsonText(bytes).readAll();
  }

  /** Reads all bytes; returns whether they are one JSON text. */
  private boolean readAll() {
    do {
      skipSpace();
      if (!value()) {
        return false;
      }
      while (depth > 0 && closes()) {
        at++;
        depth--;
        skipSpace();
      }
      if (depth == 0) {
        skipSpace();
        return at == bytes.length;
      }
    } while (separator());
    return false;
  }

  /**
   * Takes a scalar, an empty container, or the opening of a container; in an object, first the key.
   */
  private boolean value() {
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b != '{' && b != '[') {
        return scalar(b);
      }
      at++;
      if (depth == MAX_DEPTH) {
        return false;
      }
      open(b == '{');
      skipSpace();
      if (closes()) {
        at++;
        depth--;
        skipSpace();
        return true;
      }
      if (b == '{' && !key()) {
        return false;
      }
    }
    return false;
  }

  private void open(boolean object) {
    long bit = 1L << depth;
    int word = depth >> 6;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
  }

  private boolean inObject() {
    return (objects[(depth - 1) >> 6] & 1L << (depth - 1)) != 0;
  }

  private boolean closes() {
    return at < bytes.length && bytes[at] == (inObject() ? '}' : ']');
  }

  private boolean separator() {
    if (!take(',')) {
      return false;
    }
    skipSpace();
    return !inObject() || key();
  }

  private boolean key() {
    if (!take('"') || !string()) {
      return false;
    }
    skipSpace();
    if (!take(':')) {
      return false;
    }
    skipSpace();
    return true;
  }

  private boolean scalar(byte b) {
    boolean valid =
        switch (b) {
          case '"' -> take('"') && string();
          case 't' -> literal("true");
          case 'f' -> literal("false");
          case 'n' -> literal("null");
          default -> number();
        };
    skipSpace();
    return valid;
  }

  private boolean literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!take(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    take('-');
    if (!take('0') && digits() == 0) {
      return false;
    }
    if (take('.') && digits() == 0) {
      return false;
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      return digits() > 0;
    }
    return true;
  }

  private int digits() {
    int start = at;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at - start;
  }

  /** Takes the rest of a string whose opening quote is taken. */
  private boolean string() {
    while (at < bytes.length) {
      byte b = bytes[at];
      if (b == '"') {
        at++;
        return true;
      }
      if (b == '\\') {
        if (!escape()) {
          return false;
        }
      } else if (b < 0) {
        int length = Utf8.sequenceAt(bytes, at);
        if (length == 0) {
          return false;
        }
        at += length;
      } else if (b < ' ') {
        return false;
      } else {
        at++;
      }
    }
    return false;
  }

  private boolean escape() {
    at++;
    if (at == bytes.length) {
      return false;
    }
    return switch (bytes[at++]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      case 'u' -> hex(4);
      default -> false;
    };
  }

  private boolean hex(int digits) {
    for (int i = 0; i < digits; i++) {
      if (at == bytes.length || Character.digit(bytes[at++], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private boolean take(char c) {
    if (at < bytes.length && bytes[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
