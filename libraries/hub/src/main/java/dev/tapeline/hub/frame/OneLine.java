package dev.tapeline.hub.frame;

/** JSON with blanks for its line breaks, which stand between tokens only. */
public final class OneLine {

  private OneLine() {}

  static Frame of(Frame frame) {
    byte[][] parts = frame.parts();
    byte[][] lines = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      lines[i] = of(parts[i]);
    }
    return Frame.of(lines);
  }

  /** The JSON in one line: the same array if it has no line break. */
  public static byte[] of(byte[] json) {
    for (int i = 0; i < json.length; i++) {
      if (isBreak(json[i])) {
        return blanked(json, i);
      }
    }
    return json;
  }

  private static byte[] blanked(byte[] json, int from) {
    byte[] line = json.clone();
    for (int i = from; i < line.length; i++) {
      if (isBreak(line[i])) {
        line[i] = ' ';
      }
    }
    return line;
  }

  private static boolean isBreak(byte b) {
    return b == '\n' || b == '\r';
  }
}
