package dev.tapeline.plant.wire;

import dev.tapeline.market.Market;
import dev.tapeline.market.tick.Tick;
import java.util.List;

/** A publisher behind a market that a test feeds. */
record Feeding(MarketPublisher publisher, Market market) {

  static Feeding of(MarketPublisher publisher) {
    return new Feeding(publisher, Market.of(publisher));
  }

  /** Ticks that are a frame and a batch each. */
  void send(Tick... ticks) {
    for (Tick tick : ticks) {
      sendFrames(List.of(List.of(tick)));
    }
  }

  /** One batch of frames. */
  void sendFrames(List<List<Tick>> frames) {
    for (List<Tick> frame : frames) {
      frame.forEach(market::onTick);
      market.onFrameEnd();
    }
    market.onBatchEnd();
  }
}
