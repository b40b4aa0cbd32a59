package dev.tapeline.plant.supply;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a node stands with one of its sources.
 *
 * @param status what clients are told of the source where it runs, such as live
 * @param problem why nobody runs it, as far as this node knows; else null
 * @param losses batches that the bus did not take
 * @param fenced batches that were refused, as another node held the lease
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceReport(
    String source,
    String lease,
    String state,
    String status,
    @Nullable String problem,
    long ticks,
    long publications,
    long losses,
    long fenced) {

  /** Whether the node runs the source, and for whom. */
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
