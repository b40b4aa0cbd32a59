package dev.tapeline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a fuzzer made up, and the parts that a decoder's test may want of it. */
public record Input(byte[] bytes) {

  /** Parts some inputs; no decoder gives a meaning to it. */
  private static final String SEPARATOR = "\n--\n";

  /** As UTF-8, with a replacement for what is none. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Byte for byte, as HTTP's heads are read. */
  public String latin() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The parts of the text between lines of two hyphens. */
  public List<String> parts() {
    return Arrays.asList(text().split(SEPARATOR, -1));
  }

  /** The first byte, for choices; 0 if there is none. */
  public int first() {
    return bytes.length == 0 ? 0 : bytes[0] & 0xff;
  }

  /** All behind the first byte. */
  public Input rest() {
    return new Input(bytes.length == 0 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length));
  }
}
