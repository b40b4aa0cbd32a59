package dev.tapeline.redis.log;

import java.util.Locale;

/** What the library of the logs offers; each is a function, or a script where there are none. */
public enum LogFunction {
  PUBLISH,
  PUBLISH_MANY,
  SEND,
  FENCE,
  READ,
  READ_SINCE,
  PULSE,
  TOPS,
  MISSED;

  private final String text = "tapeline_" + name().toLowerCase(Locale.ROOT);

  public String text() {
    return text;
  }
}
