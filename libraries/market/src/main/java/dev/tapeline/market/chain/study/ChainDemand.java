package dev.tapeline.market.chain.study;

import dev.tapeline.market.instrument.ChainKey;
import java.util.function.BooleanSupplier;

/** Tells which option chains are worth computing. */
@FunctionalInterface
public interface ChainDemand {

  /** Everything is wanted. */
  ChainDemand ALL = _ -> () -> true;

  /**
   * The question whether anybody wants a chain, which is then asked several times a second on the
   * market's thread.
   */
  BooleanSupplier of(ChainKey chain);
}
