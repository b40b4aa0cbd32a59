package dev.tapeline.plant.watch;

import dev.tapeline.market.instrument.ChainKey;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What users have asked the sources to watch, until they take it back: screeners by name, and the
 * option chains whose polling was started, with the interval asked for in milliseconds.
 *
 * @param version grows with each change: of two, the one of the higher version counts
 */
public record Wishes(long version, Map<String, Screener> screeners, Map<ChainKey, Long> chains) {

  /** How many screeners, and how many chains, there may be. */
  public static final int MAX = 100;

  public static final Wishes NONE = new Wishes(0, Map.of(), Map.of());

  public Wishes {
    screeners = Map.copyOf(screeners);
    chains = Map.copyOf(chains);
    if (screeners.size() > MAX || chains.size() > MAX) {
      throw new IllegalArgumentException(
          "there may be %d screeners and %d chains: take another one back first"
              .formatted(MAX, MAX));
    }
  }

  Wishes with(Screener screener) {
    Map<String, Screener> more = new TreeMap<>(screeners);
    more.put(screener.name(), screener);
    return new Wishes(version, more, chains);
  }

  Wishes withoutScreener(String name) {
    Map<String, Screener> less = new TreeMap<>(screeners);
    less.remove(name);
    return new Wishes(version, less, chains);
  }

  Wishes with(ChainKey chain, long intervalMillis) {
    Map<ChainKey, Long> more = new HashMap<>(chains);
    more.put(chain, intervalMillis);
    return new Wishes(version, screeners, more);
  }

  Wishes without(ChainKey chain) {
    Map<ChainKey, Long> less = new HashMap<>(chains);
    less.remove(chain);
    return new Wishes(version, screeners, less);
  }

  Wishes ofVersion(long next) {
    return new Wishes(next, screeners, chains);
  }
}
