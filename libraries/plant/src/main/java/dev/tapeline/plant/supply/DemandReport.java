package dev.tapeline.plant.supply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tapeline.core.Demand;
import org.jspecify.annotations.Nullable;

/**
 * What a node wants to hear.
 *
 * @param channels wanted by their names
 * @param patterns wanted
 * @param supplied what this node's sources are to supply; null where it runs none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DemandReport(int channels, int patterns, @Nullable Supplied supplied) {

  /**
   * What clients of all nodes, the settings, orders and recorders want together, each selector
   * once.
   */
  public record Supplied(int channels, int patterns) {}

  /** That of a node that runs no sources. */
  public static DemandReport of(Demand demand) {
    Demand.Wishes own = demand.own();
    return new DemandReport(own.channels(), own.patterns(), null);
  }

  /** That of a node that runs sources. */
  public static DemandReport of(Demand demand, DemandBook book) {
    Demand.Wishes own = demand.own();
    DemandBook.Size size = book.size();
    return new DemandReport(
        own.channels(), own.patterns(), new Supplied(size.channels(), size.patterns()));
  }
}
