package dev.tapeline.market.session;

/** The markets of an exchange that keep hours of their own. */
public enum MarketClass {
  /** Shares that futures and options are traded on. */
  CASH_FNO,
  /** All other shares and funds. */
  CASH,
  /** Futures and options on indices and shares. */
  EQUITY_DERIVATIVES,
  /** The values of indices, which are computed from the shares with futures and options. */
  INDEX,
  CURRENCY,
  COMMODITY,
  /** A market that never closes; its days are those of UTC. */
  ALWAYS
}
