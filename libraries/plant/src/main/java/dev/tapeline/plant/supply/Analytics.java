package dev.tapeline.plant.supply;

import dev.tapeline.market.event.Study;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is computed of a source's market besides the values that every market has.
 *
 * @param studies new ones for each market, in their order: those behind see the events of those in
 *     front
 * @param wanted tells of a channel whether anybody wants it; asked on the market's thread for what
 *     is published on demand alone
 */
public record Analytics(Supplier<List<Study>> studies, Predicate<String> wanted) {

  /** Computes nothing more, and publishes whatever there is. */
  public static final Analytics NONE = new Analytics(List::of, _ -> true);
}
