package dev.tapeline.feed;

/**
 * A piece of input that could not be read and was skipped.
 *
 * @param kind a short word for metrics
 * @param line the line of a recording, from 1; 0 where there are no lines
 */
public record FeedFault(String source, String kind, long line, String reason) {

  /** The kind of those that have no other. */
  public static final String INPUT = "input";

  public FeedFault(String source, long line, String reason) {
    this(source, INPUT, line, reason);
  }

  @Override
  public String toString() {
    return line == 0 ? source + ": " + reason : "%s: line %d: %s".formatted(source, line, reason);
  }
}
