package dev.tapeline.feed;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.util.Map;
import java.util.Set;

/**
 * What a feed is to watch: all of it, and nothing else.
 *
 * @param instruments how much is wanted of each
 * @param chains the option chains that are wanted as a whole
 */
public record Watchlist(Map<Instrument, Detail> instruments, Set<ChainKey> chains) {

  public static final Watchlist EMPTY = new Watchlist(Map.of(), Set.of());

  public Watchlist {
    instruments = Map.copyOf(instruments);
    chains = Set.copyOf(chains);
  }

  /** A list of these instruments, without a chain. */
  public static Watchlist of(Map<Instrument, Detail> instruments) {
    return new Watchlist(instruments, Set.of());
  }
}
