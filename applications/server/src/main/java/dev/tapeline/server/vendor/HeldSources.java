package dev.tapeline.server.vendor;

import dev.tapeline.core.Publication;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a source may do while this node holds its lease. Safe for all threads. */
public interface HeldSources {

  /** Whether this node holds the lease of a source now. */
  boolean isHeld(String source);

  /**
   * Publishes in the name of a source: to all nodes while this one holds its lease, and without it
   * to this node's own clients while the bus is away. Fails at all other times.
   */
  CompletionStage<Void> publish(String source, List<Publication> batch);
}
