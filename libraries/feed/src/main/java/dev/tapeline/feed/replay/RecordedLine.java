package dev.tapeline.feed.replay;

/** A parsed line of a recording. */
sealed interface RecordedLine {

  /** A frame and where its JSON lies in the line. */
  record Frame(long nanos, int offset, int length) implements RecordedLine {}

  /** A line of white space. */
  record Blank() implements RecordedLine {}

  /** A line that holds no frame, as some recorders write requests too. */
  record Other() implements RecordedLine {}

  record Bad(String reason) implements RecordedLine {}

  /** The range of receive times: 2000-01-01 to 2200-01-01. */
  long MIN_NANOS = 946_684_800_000_000_000L;

  long MAX_NANOS = 7_258_118_400_000_000_000L;

  /** Parses {@code <receive time, ns since 1970> <JSON>}. */
  static RecordedLine parse(byte[] line, int length) {
    int end = length;
    while (end > 0 && line[end - 1] <= ' ' && line[end - 1] >= 0) {
      end--;
    }
    if (end == 0) {
      return new Blank();
    }
    int space = 0;
    long nanos = 0;
    while (space < end && space < 19 && line[space] >= '0' && line[space] <= '9') {
      nanos = nanos * 10 + (line[space++] - '0');
    }
    if (space == 0 || space == end || line[space] != ' ') {
      return new Bad("not '<receive time, ns> <JSON>'");
    }
    if (nanos < MIN_NANOS || nanos > MAX_NANOS) {
      return new Bad("%d is not a time in ns since 1970".formatted(nanos));
    }
    return new Frame(nanos, space + 1, end - space - 1);
  }
}
