package dev.tapeline.plant.supply;

import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.event.Study;
import dev.tapeline.plant.wire.ChainSnapshots;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is made of a source's market: what is computed besides the values that every market has, and
 * who hears of it besides the publisher.
 *
 * @param studies new ones for each market, in their order: those behind see the events of those in
 *     front
 * @param wanted tells of a channel whether anybody wants it; asked on the market's thread for what
 *     is published on demand alone
 * @param listeners new ones for each market, which hear each event after the publisher, on the
 *     market's thread; they must neither wait nor fail
 * @param snapshots hears of each snapshot of an option chain
 */
public record Analytics(
    Supplier<List<Study>> studies,
    Predicate<String> wanted,
    Supplier<List<MarketListener>> listeners,
    ChainSnapshots snapshots) {

  /** Computes nothing more, and publishes whatever there is. */
  public static final Analytics NONE = new Analytics(List::of, _ -> true);

  /** Nobody but the publisher hears of it. */
  public Analytics(Supplier<List<Study>> studies, Predicate<String> wanted) {
    this(studies, wanted, List::of, ChainSnapshots.NONE);
  }

  /** The same, with these listeners. */
  public Analytics toldTo(Supplier<List<MarketListener>> others, ChainSnapshots kept) {
    return new Analytics(studies, wanted, others, kept);
  }
}
