package dev.tapeline.feed.record;

/** The kinds of entries, with the codes by which blocks tell them. */
enum EntryKind {
  WATCH(1),
  TIME(2),
  OPENED(3),
  TEXT(4),
  BINARY(5),
  CLOSED(6),
  REFUSED(7),
  BROKEN(8),
  ANSWER(9),
  UNANSWERED(10),
  LOST(11),
  PINGED(12),
  BEGUN(13);

  private static final EntryKind[] BY_CODE = new EntryKind[BEGUN.code + 1];

  static {
    for (EntryKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;

  EntryKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /**
   * The kind of this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  static EntryKind of(int code) {
    if (code < 1 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no kind of entry: " + code);
    }
    return BY_CODE[code];
  }
}
