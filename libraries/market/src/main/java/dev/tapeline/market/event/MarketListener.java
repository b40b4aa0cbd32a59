package dev.tapeline.market.event;

/** Hears what a market tells, on the market's thread and in its order. */
public interface MarketListener {

  /** Events that follow from this one come after it. */
  void onEvent(MarketEvent event);

  /** All that follows from one frame of the source has been told. */
  void onFrameEnd();

  /** Nothing more is at hand for now. */
  void onBatchEnd();
}
