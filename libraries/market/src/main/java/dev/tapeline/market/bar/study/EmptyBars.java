package dev.tapeline.market.bar.study;

/** What becomes of a frame without a trade. */
public enum EmptyBars {
  /** There is no bar. */
  NONE,
  /**
   * There is a bar of the close before it, with volume and count 0, once the session has had a
   * trade: in the session alone, and only while the feed is up.
   */
  FLAT
}
