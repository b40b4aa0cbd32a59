package dev.tapeline.market.event;

/** Receives the events of a market, on the market's thread and in order. */
public interface MarketListener {

  /** An event; those that follow from it come after it. */
  void onEvent(MarketEvent event);

  /** All events of one frame of the source have been passed on. */
  void onFrameEnd();

  /** Nothing more is at hand for now. */
  void onBatchEnd();
}
