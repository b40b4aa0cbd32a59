package dev.tapeline.market.volatility.study;

/** Tells which volatility indices are worth computing; asked on the market's thread. */
@FunctionalInterface
public interface IndexDemand {

  /** Everything is wanted. */
  IndexDemand ALL = _ -> true;

  /** Whether anybody wants the index of an underlying, by its symbol. */
  boolean isWanted(String underlying);
}
