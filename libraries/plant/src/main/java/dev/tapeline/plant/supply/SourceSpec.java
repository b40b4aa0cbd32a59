package dev.tapeline.plant.supply;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.plant.foreign.BusFeed;
import dev.tapeline.plant.wire.ChainSnapshots;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A source of market data that one node at a time may be connected to.
 *
 * @param name as clients, metrics, leases and keys have it: all nodes with the same source give it
 *     the same name
 * @param working its state while it is connected
 * @param simulated tells of a symbol whether its prices are invented; asked on the market's thread
 * @param check throws a {@link dev.tapeline.feed.FeedException} if it could not start
 * @param feeds a feed for each run, as a feed runs once
 * @param analytics what is computed of its market
 */
public record SourceSpec(
    String name,
    FeedStatus.State working,
    Predicate<String> simulated,
    Runnable check,
    Supplier<? extends Feed> feeds,
    Analytics analytics) {

  /** A source of which nothing more is computed. */
  public SourceSpec(
      String name,
      FeedStatus.State working,
      Predicate<String> simulated,
      Runnable check,
      Supplier<? extends Feed> feeds) {
    this(name, working, simulated, check, feeds, Analytics.NONE);
  }

  /** A source whose prices are all invented, if its working state says so, or none of them. */
  public SourceSpec(
      String name, FeedStatus.State working, Runnable check, Supplier<? extends Feed> feeds) {
    this(name, working, _ -> working == FeedStatus.State.SIMULATED, check, feeds);
  }

  /** The same source, with this computed of its market. */
  public SourceSpec with(Analytics more) {
    return new SourceSpec(name, working, simulated, check, feeds, more);
  }

  /** The same source, with these listeners, new ones for each market, and this of snapshots. */
  public SourceSpec toldTo(Supplier<List<MarketListener>> listeners, ChainSnapshots snapshots) {
    return with(analytics.toldTo(listeners, snapshots));
  }

  /** The lease of the source: the node that holds it may connect. */
  public String lease() {
    return "feed:" + name;
  }

  /** Whether its market ticks are to be published; otherwise they come from the bus already. */
  boolean publishesTicks() {
    return !name.equals(BusFeed.SOURCE);
  }

  /** Whether it can run while the bus is away; otherwise its ticks come by the bus. */
  boolean runsAlone() {
    return publishesTicks();
  }
}
