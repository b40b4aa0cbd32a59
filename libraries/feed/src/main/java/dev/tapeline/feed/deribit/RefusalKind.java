package dev.tapeline.feed.deribit;

/** The kinds of errors by which Deribit refuses a request about subscriptions. */
enum RefusalKind {
  /** The credits are used up; the connection is closed with it. */
  TOO_MANY("rate"),
  /** The request has too many names. */
  TOO_LARGE("too-large"),
  /** It may be accepted later. */
  BUSY("busy"),
  /** The same request will be refused again. */
  LASTING("refused");

  private final String word;

  RefusalKind(String word) {
    this.word = word;
  }

  /** The word for metrics. */
  String word() {
    return word;
  }

  /**
   * The kind of an error's code. Among the lasting ones is 13778: {@code raw} channels need a
   * login.
   */
  static RefusalKind of(long code) {
    return switch ((int) code) {
      case 10_028 -> TOO_MANY;
      case -32_600 -> TOO_LARGE;
      case 10_040, 10_041, 10_047, 11_051, 13_028, 13_503, 13_888 -> BUSY;
      default -> LASTING;
    };
  }
}
