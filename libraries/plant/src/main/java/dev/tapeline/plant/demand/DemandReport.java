package dev.tapeline.plant.demand;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tapeline.core.Demand;
import org.jspecify.annotations.Nullable;

/**
 * The demand of a node.
 *
 * @param channels channels that are wanted by name
 * @param patterns wanted
 * @param supplied the demand on this node's sources; null where it runs none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DemandReport(int channels, int patterns, @Nullable Supplied supplied) {

  /**
   * The demand of clients of all nodes, the settings, orders and recorders together, each selector
   * once.
   */
  public record Supplied(int channels, int patterns) {}

  /** The report of a node that runs no sources. */
  public static DemandReport of(Demand demand) {
    Demand.Wishes own = demand.own();
    return new DemandReport(own.channels(), own.patterns(), null);
  }

  /** The report of a node that runs sources. */
  public static DemandReport of(Demand demand, DemandBook book) {
    Demand.Wishes own = demand.own();
    DemandBook.Size size = book.size();
    return new DemandReport(
        own.channels(), own.patterns(), new Supplied(size.channels(), size.patterns()));
  }
}
