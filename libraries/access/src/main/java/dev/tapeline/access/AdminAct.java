package dev.tapeline.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What administrators do; rules for {@link Verb#ADMIN} match these names. */
public enum AdminAct {
  /** Seeing who is connected. */
  CONNECTIONS,

  /** Seeing the channels, with their rates. */
  CHANNELS,

  /** Closing connections. */
  CLOSE,

  /** Having all clients come back, here or to another node. */
  MOVE;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String names() {
    return Arrays.stream(values()).map(AdminAct::text).collect(Collectors.joining(", "));
  }
}
