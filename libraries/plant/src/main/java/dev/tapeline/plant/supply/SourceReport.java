package dev.tapeline.plant.supply;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The state of one source on a node.
 *
 * @param status the newest status of the source that the node's clients were told, such as live
 * @param reason of this status, in the words that clients were told; null if there is none
 * @param problem why no node runs it, as far as this node knows; otherwise null
 * @param losses batches that the bus did not take
 * @param fenced batches that were refused because another node held the lease
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceReport(
    String source,
    String lease,
    String state,
    String status,
    @Nullable String reason,
    @Nullable String problem,
    long ticks,
    long publications,
    long losses,
    long fenced) {

  /** Whether the node runs the source, and for whom. */
  public enum State {
    /** The node runs it for all clients, as the holder of the lease. */
    HELD,
    /** The node does not run it: another node does, or none yet. */
    STANDBY,
    /** The node runs it for its own clients, while Redis is away. */
    ALONE,
    /** The run goes on without publishing, until the lease is held. */
    WAITING,
    /** The feed has come to its end by itself, and the node keeps others from playing it again. */
    ENDED
  }
}
