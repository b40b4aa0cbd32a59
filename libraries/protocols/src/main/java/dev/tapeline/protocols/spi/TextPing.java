package dev.tapeline.protocols.spi;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.lane.Session;

/** The text message {@code ping}, for pages: browsers can't send a ping frame. */
public final class TextPing {

  private static final Frame PONG = Frame.of(ascii("pong"));

  private TextPing() {}

  /** Answers {@code pong} if the message is a ping; returns whether it is. */
  public static boolean answer(Session session, String text) {
    boolean isPing = text.strip().equals("ping");
    if (isPing) {
      session.send(PONG);
      session.flush();
    }
    return isPing;
  }
}
