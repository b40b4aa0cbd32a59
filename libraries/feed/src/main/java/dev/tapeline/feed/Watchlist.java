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
 * @param asked the instruments whose last price is to be asked for at once, and now and then as
 *     long as they are here, where nothing else comes
 * @param legs the options and the underlyings of the chains, as far as they are known: who has the
 *     list alone, as a recording does, can read what arrives of the chains
 * @param underlyings the shares among all these that have futures or options, which some exchanges
 *     trade at other hours than other shares
 */
public record Watchlist(
    Map<Instrument, Detail> instruments,
    Set<ChainKey> chains,
    Set<Instrument> asked,
    Set<Instrument> legs,
    Set<Instrument> underlyings) {

  public static final Watchlist EMPTY = new Watchlist(Map.of(), Set.of());

  public Watchlist {
    instruments = Map.copyOf(instruments);
    chains = Set.copyOf(chains);
    asked = Set.copyOf(asked);
    legs = Set.copyOf(legs);
    underlyings = Set.copyOf(underlyings);
  }

  /** A list of instruments on which there are no futures or options, as far as is known. */
  public Watchlist(
      Map<Instrument, Detail> instruments,
      Set<ChainKey> chains,
      Set<Instrument> asked,
      Set<Instrument> legs) {
    this(instruments, chains, asked, legs, Set.of());
  }

  /** A list that asks for no price, with chains of which no leg is known. */
  public Watchlist(Map<Instrument, Detail> instruments, Set<ChainKey> chains) {
    this(instruments, chains, Set.of(), Set.of());
  }

  /** A list of these instruments, without a chain. */
  public static Watchlist of(Map<Instrument, Detail> instruments) {
    return new Watchlist(instruments, Set.of());
  }
}
