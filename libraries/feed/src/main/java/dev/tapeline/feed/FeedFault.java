package dev.tapeline.feed;

/**
 * A piece of input that could not be read and was skipped.
 *
 * @param line the line of a recording, from 1; 0 where there are no lines
 */
public record FeedFault(String source, long line, String reason) {

  @Override
  public String toString() {
    return line == 0 ? source + ": " + reason : "%s: line %d: %s".formatted(source, line, reason);
  }
}
