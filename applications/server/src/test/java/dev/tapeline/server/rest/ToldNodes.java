package dev.tapeline.server.rest;

import dev.tapeline.core.BusException;
import dev.tapeline.core.Nodes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A fixed listing of nodes, or none, as when Redis can't be asked. */
record ToldNodes(Listing listing) implements Nodes {

  static final ToldNodes AWAY = new ToldNodes(new Listing(0, List.of()));

  static ToldNodes of(long millis, Told... nodes) {
    return new ToldNodes(new Listing(millis, List.of(nodes)));
  }

  @Override
  public CompletionStage<String> tell(String node, String report) {
    return CompletableFuture.completedFuture("");
  }

  @Override
  public CompletionStage<Void> leave(String node) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Listing> list() {
    return listing.equals(AWAY.listing)
        ? CompletableFuture.failedFuture(new BusException("Redis is away: test"))
        : CompletableFuture.completedFuture(listing);
  }
}
