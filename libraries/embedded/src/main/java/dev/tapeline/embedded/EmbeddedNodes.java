package dev.tapeline.embedded;

import dev.tapeline.core.Nodes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** The nodes of one process: the process itself, once it has given a report. */
public final class EmbeddedNodes implements Nodes {

  private final LongSupplier clock;
  private final Map<String, Told> told = new TreeMap<>();

  /**
   * @param clock epoch milliseconds UTC
   */
  public EmbeddedNodes(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public synchronized CompletionStage<String> tell(String node, String report) {
    Told before = told.put(node, new Told(node, clock.getAsLong(), report));
    return CompletableFuture.completedFuture(before == null ? "" : before.report());
  }

  @Override
  public synchronized CompletionStage<Void> leave(String node) {
    told.remove(node);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Listing> list() {
    return CompletableFuture.completedFuture(
        new Listing(clock.getAsLong(), List.copyOf(told.values())));
  }
}
