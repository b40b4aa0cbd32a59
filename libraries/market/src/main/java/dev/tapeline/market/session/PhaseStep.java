package dev.tapeline.market.session;

/** A part of an auction, in the order in which an auction takes its steps. */
public enum PhaseStep {
  /** The reference price is computed; no orders are taken. */
  REFERENCE_PRICE,
  /** Limit and market orders are taken. */
  ORDER_ENTRY,
  /** Only limit orders are taken. */
  LIMIT_ONLY,
  /** Orders are matched; none are taken. */
  MATCHING,
  /** The pause between the auction and continuous trading. */
  BUFFER
}
