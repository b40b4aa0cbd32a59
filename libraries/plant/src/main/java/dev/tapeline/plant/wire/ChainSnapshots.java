package dev.tapeline.plant.wire;

import dev.tapeline.market.instrument.ChainKey;

/**
 * Receives the snapshots of option chains, as they are written into the cache. Called on the
 * market's thread; must neither wait nor fail.
 */
@FunctionalInterface
public interface ChainSnapshots {

  /** Nobody receives them. */
  ChainSnapshots NONE = (_, _, _) -> {};

  /**
   * A snapshot of a chain that somebody wants.
   *
   * @param time when it was computed, epoch ms UTC on the market's clock
   * @param json the payload of the chain with its rows as a list, in ASCII; not changed any more
   */
  void onSnapshot(ChainKey chain, long time, byte[] json);
}
