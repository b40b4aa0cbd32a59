package dev.tapeline.hub.frame;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import java.util.Arrays;

/** What is made of messages on their way to clients. */
public final class FrameDecoders {

  private static final int REACHES = 3;

  private FrameDecoders() {}

  /** What was compressed becomes what it was, however far the client can look back. */
  public static void deflated(Input input) {
    int[] reaches = {Deflated.WHOLE, Deflated.NARROWEST, 1 + input.first()};
    byte[] text = input.rest().bytes();
    for (int i = 0; i < REACHES && text.length > 0; i++) {
      byte[] back = Deflated.inflate(Deflated.of(text, reaches[i]));
      check(Arrays.equals(text, back), "another text with a reach of %d", reaches[i]);
    }
  }
}
