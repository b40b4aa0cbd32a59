package dev.tapeline.plant.watch;

import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one source is to watch, kept change by change. Owned by the thread that plans. */
final class SourceWatch {

  private final Roster instruments;
  private final Roster asked;
  private final Map<ChainKey, Set<Instrument>> chains = new HashMap<>();
  private Set<Instrument> legs = Set.of();
  private Set<Instrument> underlyings = Set.of();
  private boolean chainsChanged;

  /**
   * @param maxInstruments how many it watches, and how many prices it asks for, at most
   */
  SourceWatch(int maxInstruments) {
    this.instruments = new Roster(maxInstruments);
    this.asked = new Roster(maxInstruments);
  }

  /** The instruments that are watched. */
  Roster instruments() {
    return instruments;
  }

  /** The instruments whose price alone is asked for. */
  Roster asked() {
    return asked;
  }

  /**
   * Adds an option chain, or gives it other legs.
   *
   * @param known its options, as far as they are known, and its underlying
   */
  void put(ChainKey chain, Set<Instrument> known) {
    chainsChanged |= !Objects.equals(chains.put(chain, known), known);
  }

  void remove(ChainKey chain) {
    chainsChanged |= chains.remove(chain) != null;
  }

  /**
   * The whole list, if it is another one than at the last call; null otherwise.
   *
   * @param all the shares with futures or options, of all sources
   */
  @Nullable Watchlist takeChanged(Set<Instrument> all) {
    instruments.fill();
    asked.fill();
    boolean changed = chainsChanged;
    changed |= instruments.takeChanged();
    changed |= asked.takeChanged();
    if (chainsChanged) {
      chainsChanged = false;
      Set<Instrument> known = new HashSet<>();
      chains.values().stream().flatMap(Collection::stream).forEach(known::add);
      legs = Set.copyOf(known);
    }
    Set<Instrument> mine = all.stream().filter(this::has).collect(Collectors.toSet());
    changed |= !mine.equals(underlyings);
    underlyings = mine;
    return changed
        ? new Watchlist(
            instruments.watched(), chains.keySet(), asked.watched().keySet(), legs, underlyings)
        : null;
  }

  private boolean has(Instrument one) {
    return instruments.watched().containsKey(one)
        || asked.watched().containsKey(one)
        || legs.contains(one);
  }
}
