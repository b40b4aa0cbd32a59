package dev.tapeline.plant.watch;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which source watches what, kept change by change: a change costs the look-up of its instrument,
 * and the list of its source is copied once for all changes. Owned by the thread that plans.
 */
final class WatchPlan {

  private final InstrumentFinder finder;
  private final int maxInstruments;
  private final Map<String, SourceWatch> sources = new HashMap<>();
  private final Placed symbols;
  private final Placed prices;

  /** The source of each chain that has one. */
  private final Map<ChainKey, String> chains = new HashMap<>();

  private final Set<ChainKey> unknownChains = new LinkedHashSet<>();

  /** The shares among all instruments that have futures or options. */
  private final Set<Instrument> underlyings = new HashSet<>();

  WatchPlan(InstrumentFinder finder, int maxInstruments) {
    this.finder = finder;
    this.maxInstruments = maxInstruments;
    this.symbols = new Placed(finder::find, SourceWatch::instruments);
    this.prices = new Placed(finder::findKey, SourceWatch::asked);
  }

  /** The instruments that have a source, by the name that they are wanted by. */
  private final class Placed {

    private final Function<String, InstrumentFinder.@Nullable Found> find;
    private final Function<SourceWatch, Roster> roster;
    private final Map<String, InstrumentFinder.Found> found = new HashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    private Placed(
        Function<String, InstrumentFinder.@Nullable Found> find,
        Function<SourceWatch, Roster> roster) {
      this.find = find;
      this.roster = roster;
    }

    private void apply(WatchChanges.Change<String> change) {
      String name = change.subject();
      Detail detail = change.detail();
      InstrumentFinder.Found now = detail == null ? null : find.apply(name);
      InstrumentFinder.Found before = found.remove(name);
      unknown.remove(name);
      if (detail != null && now != null) {
        put(name, before, now, detail);
      } else {
        remove(before);
        if (detail != null) {
          unknown.add(name);
        }
      }
    }

    private void put(
        String name,
        InstrumentFinder.@Nullable Found before,
        InstrumentFinder.Found now,
        Detail detail) {
      found.put(name, now);
      noteDerivatives(now);
      if (before != null && before.source().equals(now.source())) {
        of(now).replace(before.instrument(), now.instrument(), detail);
      } else {
        remove(before);
        of(now).put(now.instrument(), detail);
      }
    }

    private void remove(InstrumentFinder.@Nullable Found before) {
      if (before != null) {
        of(before).remove(before.instrument());
      }
    }

    private Roster of(InstrumentFinder.Found one) {
      return roster.apply(source(one.source()));
    }
  }

  private SourceWatch source(String name) {
    return sources.computeIfAbsent(name, _ -> new SourceWatch(maxInstruments));
  }

  private void noteDerivatives(InstrumentFinder.Found found) {
    Instrument instrument = found.instrument();
    if (instrument instanceof Instrument.Share && finder.hasDerivatives(found)) {
      underlyings.add(instrument);
    } else {
      underlyings.remove(instrument);
    }
  }

  void apply(WatchChanges changes) {
    changes.symbols().forEach(symbols::apply);
    changes.chains().forEach(this::applyChain);
    changes.prices().forEach(prices::apply);
  }

  private void applyChain(WatchChanges.Change<ChainKey> change) {
    ChainKey chain = change.subject();
    InstrumentFinder.Found found = change.detail() == null ? null : finder.find(chain.underlying());
    Set<Instrument> legs = found == null ? Set.of() : legs(chain, found.instrument());
    String before = chains.remove(chain);
    unknownChains.remove(chain);
    if (before != null && (found == null || !found.source().equals(before))) {
      source(before).remove(chain);
    }
    if (found != null) {
      chains.put(chain, found.source());
      noteDerivatives(found);
      source(found.source()).put(chain, legs);
    } else if (change.detail() != null) {
      unknownChains.add(chain);
    }
  }

  private Set<Instrument> legs(ChainKey chain, Instrument underlying) {
    Set<Instrument> legs = new HashSet<>(finder.legs(chain));
    legs.add(underlying);
    return legs;
  }

  /** Tells each source whose list has changed its new one. */
  void tell(BiConsumer<String, Watchlist> listener) {
    sources.forEach((name, source) -> {
      Watchlist next = source.takeChanged(underlyings);
      if (next != null) {
        listener.accept(name, next);
      }
    });
  }

  /** The wanted symbols of which nothing is known. */
  Set<String> unknownSymbols() {
    return symbols.unknown;
  }

  /** The wanted chains of whose underlyings nothing is known. */
  Set<ChainKey> unknownChains() {
    return unknownChains;
  }

  /** The keys of prices that are asked for and of which nothing is known. */
  Set<String> unknownPrices() {
    return prices.unknown;
  }

  WatchPlanner.State state() {
    Set<String> unknown = new HashSet<>(symbols.unknown);
    unknownChains.forEach(chain -> unknown.add(chain.underlying()));
    int watched = 0;
    int refused = 0;
    for (SourceWatch source : sources.values()) {
      watched += source.instruments().watched().size();
      refused += source.instruments().refused();
    }
    return new WatchPlanner.State(watched, unknown.size(), refused);
  }
}
