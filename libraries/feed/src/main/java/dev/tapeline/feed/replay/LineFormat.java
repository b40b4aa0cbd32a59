package dev.tapeline.feed.replay;

/** How a line of a recording tells when a frame was received, and the frame. */
public enum LineFormat {
  /** {@code <receive time, ns> <JSON>}. */
  NANOS {
    @Override
    RecordedLine parse(byte[] line, int length) {
      return RecordedLine.parse(line, length);
    }
  },
  /**
   * {@code <unix seconds>[.fraction]: <message>}; lines of another shape are what else the recorder
   * has noted, such as addresses and requests.
   */
  SECONDS {
    @Override
    RecordedLine parse(byte[] line, int length) {
      return MessageLine.parse(line, length);
    }
  };

  abstract RecordedLine parse(byte[] line, int length);
}
