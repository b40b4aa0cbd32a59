package dev.tapeline.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The newest report of each of the nodes that share a bus. All methods may be called from any
 * thread and none blocks.
 */
public interface Nodes {

  /** How long a report is kept after its node has gone silent. */
  Duration KEPT = Duration.ofMinutes(10);

  /** The largest number of nodes; more are refused. */
  int MAX = 1_000;

  /**
   * Replaces the report of a node.
   *
   * @return the former report, which is of another process if two nodes have the same name; empty
   *     if there was none
   */
  CompletionStage<String> tell(String node, String report);

  /** Removes the report of a node that ends. */
  CompletionStage<Void> leave(String node);

  /** The reports of all nodes, by name. */
  CompletionStage<Listing> list();

  /**
   * All reports.
   *
   * @param millis the time of the answer; as all times here, epoch ms UTC by the clock of the
   *     server that keeps the reports
   */
  record Listing(long millis, List<Told> nodes) {

    public Listing {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * The newest report of a node.
   *
   * @param millis when it was told
   */
  record Told(String node, long millis, String report) {}
}
