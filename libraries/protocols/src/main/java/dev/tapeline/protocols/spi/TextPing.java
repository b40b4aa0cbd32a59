package dev.tapeline.protocols.spi;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.lane.Session;

/** The message {@code ping}, from pages, as browsers give them no way to send a ping frame. */
public final class TextPing {

  private static final Frame PONG = Frame.of(ascii("pong"));

  private TextPing() {}

  /** Answers the message with {@code pong} if it is one; whether it is. */
  public static boolean answer(Session session, String text) {
    boolean isPing = text.strip().equals("ping");
    if (isPing) {
      session.send(PONG);
      session.flush();
    }
    return isPing;
  }
}
