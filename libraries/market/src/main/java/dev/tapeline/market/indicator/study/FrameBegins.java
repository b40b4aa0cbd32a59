package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import java.util.OptionalLong;

/** Tells which bar of a frame covers a time. */
@FunctionalInterface
public interface FrameBegins {

  /**
   * The begin of that bar, epoch ms UTC; empty outside of sessions. Asked on the market's thread.
   */
  OptionalLong begin(Instrument instrument, Frame frame, long time);
}
