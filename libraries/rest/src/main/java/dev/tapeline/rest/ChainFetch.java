package dev.tapeline.rest;

import dev.tapeline.market.instrument.ChainKey;
import org.jspecify.annotations.Nullable;

/** Fetches the newest states of option chains, and has those computed that nobody wanted. */
@FunctionalInterface
public interface ChainFetch {

  /** Nothing but what the cache has. */
  ChainFetch NONE = (_, cached) -> new Answer(cached, true);

  /**
   * The newest state of a chain, which is wanted for a while from now on; waits for it.
   *
   * @param cached what the cache has; null if it has none
   */
  Answer fetch(ChainKey chain, @Nullable String cached);

  /**
   * What came.
   *
   * @param chain as it was published; null if nothing came
   * @param hasRoom false if the chain is not wanted, as too many others are
   */
  record Answer(@Nullable String chain, boolean hasRoom) {}
}
