package dev.tapeline.rest;

import java.util.List;
import java.util.Map;

/** Fetches last prices from vendors. */
@FunctionalInterface
public interface PriceFetch {

  /** A node without a vendor. */
  PriceFetch NONE = _ -> Map.of();

  /**
   * The prices that vendors tell within a short while, by key; waits for them.
   *
   * @param keys of instruments that have no price in the cache
   */
  Map<String, String> fetch(List<String> keys);
}
