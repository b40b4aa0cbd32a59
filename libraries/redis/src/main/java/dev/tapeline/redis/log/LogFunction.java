package dev.tapeline.redis.log;

import java.util.Locale;

/** The functions of the library of the logs, which are scripts on servers without functions. */
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
