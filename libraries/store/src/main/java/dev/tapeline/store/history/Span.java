package dev.tapeline.store.history;

/**
 * The rows that a reader wants.
 *
 * @param from the earliest time, epoch ms UTC
 * @param to the time before which they are, epoch ms UTC
 * @param limit the most rows
 * @param newestFirst whether the newest ones are read, from the newest back, or the oldest ones
 */
public record Span(long from, long to, int limit, boolean newestFirst) {

  public Span {
    if (from > to || limit < 1) {
      throw new IllegalArgumentException("no span: %d to %d, %d rows".formatted(from, to, limit));
    }
  }
}
