package dev.tapeline.chaos.client;

import dev.tapeline.core.Selector;

/** A subscription that a client wants, to a channel or a pattern. */
public record Wish(String channel, boolean latest, int maxRate, boolean snapshot) {

  public static Wish all(String channel) {
    return new Wish(channel, false, 0, false);
  }

  public static Wish latest(String channel, int maxRate) {
    return new Wish(channel, true, maxRate, true);
  }

  boolean matches(String name) {
    return Selector.parse(channel).matches(name);
  }

  boolean isPattern() {
    return channel.contains("*");
  }
}
