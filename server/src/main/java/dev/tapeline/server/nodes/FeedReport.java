package dev.tapeline.server.nodes;

/**
 * How a node stands with its feed.
 *
 * @param losses batches that the bus did not take
 * @param fenced batches that were refused, as another node held the lease
 */
public record FeedReport(
    String source,
    String lease,
    String state,
    long ticks,
    long publications,
    long losses,
    long fenced) {

  /** Whether the node runs the feed, and for whom. */
  public enum State {
    /** For all, as the holder of the lease. */
    HELD,
    /** Not at all: another node does, or none yet. */
    STANDBY,
    /** For its own clients, while Redis is away. */
    ALONE,
    /** It goes on, and nobody gets anything, until the lease is held. */
    WAITING
  }
}
