package dev.tapeline.plant.supply;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedStatus;
import java.util.function.Supplier;

/**
 * A source of market data that one node at a time may be connected to.
 *
 * @param name as clients see it
 * @param lease the node that holds it may connect
 * @param working its state while it is connected
 * @param check throws a {@link dev.tapeline.feed.FeedException} if it could not start
 * @param feeds a feed for each run, as a feed runs once
 */
public record SourceSpec(
    String name,
    String lease,
    FeedStatus.State working,
    Runnable check,
    Supplier<? extends Feed> feeds) {

  private static final int MAX_NAME = 150;

  /** The name of a lease, from a text that all nodes with the same source have in common. */
  public static String lease(String text) {
    String name = text.replaceAll("[\\p{Cntrl}*?\\[\\]\\\\{}]", "_");
    return "feed:" + name.substring(0, Math.min(name.length(), MAX_NAME));
  }

  /** Whether its market ticks are to be published; otherwise they come from the bus already. */
  boolean publishesTicks() {
    return !name.equals(BusFeed.SOURCE);
  }

  /** Whether it can run while the bus is away; otherwise its ticks come by the bus. */
  boolean runsAlone() {
    return publishesTicks();
  }

  boolean isSimulated() {
    return working == FeedStatus.State.SIMULATED;
  }
}
