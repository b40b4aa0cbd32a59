package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/** Makes bars of longer frames, as the market makes them. May be used from any thread. */
public interface FrameFolding {

  /**
   * The bars of a frame that shorter ones make.
   *
   * @param parts closed bars of one frame, in order of time
   * @param knownUntil the time up to which there are no other parts, epoch ms UTC: a bar that ends
   *     later than that, and than its last part, is not closed yet
   */
  List<Bar> fold(TradedInstrument traded, Frame frame, List<Bar> parts, long knownUntil);

  /** The time of the bar of a frame that covers this time; empty outside of sessions. */
  OptionalLong begin(TradedInstrument traded, Frame frame, long time);

  /**
   * Tells when the session of an intraday bar began, by the begin of the bar; both are epoch ms
   * UTC. The answer belongs to one thread.
   */
  LongUnaryOperator opens(TradedInstrument traded);
}
