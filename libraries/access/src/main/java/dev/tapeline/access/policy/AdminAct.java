package dev.tapeline.access.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An act of administrators; rules for {@link Verb#ADMIN} match these names. */
public enum AdminAct {
  /** Seeing the connections. */
  CONNECTIONS,

  /** Seeing the channels, with their rates. */
  CHANNELS,

  /** Closing connections. */
  CLOSE,

  /** Having all clients reconnect, here or to another node. */
  MOVE,

  /** Saying what the sources watch. */
  WATCH;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String names() {
    return Arrays.stream(values()).map(AdminAct::text).collect(Collectors.joining(", "));
  }
}
