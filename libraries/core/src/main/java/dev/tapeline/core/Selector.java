package dev.tapeline.core;

/** The target of a subscription: one channel, or every channel that a pattern matches. */
public sealed interface Selector permits Channel, Pattern {

  /** The text as a client or a configuration writes it; {@link #parse} inverts it. */
  String text();

  /** Whether publications of the channel of this name belong to the selection. */
  boolean matches(String channel);

  /** Whether this matches each channel that the other one matches. */
  boolean covers(Selector other);

  /** Whether there can be a channel that both match. */
  boolean overlaps(Selector other);

  /**
   * A {@link Pattern} if the text holds a {@code *}, a {@link Channel} otherwise.
   *
   * @throws InvalidNameException naming what is wrong with the text
   */
  static Selector parse(String text) {
    return text.indexOf('*') >= 0 ? Pattern.parse(text) : Channel.of(text);
  }
}
