package dev.tapeline.redis;

import java.util.Locale;

/** What the library of the logs offers; each is a function, or a script where there are none. */
enum LogFunction {
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

  String text() {
    return text;
  }
}
