package dev.tapeline.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What the nodes that share a bus tell about themselves, each the newest only. All methods may be
 * called from any thread and none blocks.
 */
public interface Nodes {

  /** How long a report is kept after its node has gone silent. */
  Duration KEPT = Duration.ofMinutes(10);

  /** More nodes than this are refused. */
  int MAX = 1_000;

  /**
   * Replaces what the node has told before.
   *
   * @return that report, which is of another process if there are two nodes of one name; empty if
   *     there was none
   */
  CompletionStage<String> tell(String node, String report);

  /** Takes back what the node has told, as it ends. */
  CompletionStage<Void> leave(String node);

  /** What all have told, by name. */
  CompletionStage<Listing> list();

  /**
   * All reports that there are.
   *
   * @param millis the time of the answer; as all times here, epoch ms UTC by the clock of who keeps
   *     the reports
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
