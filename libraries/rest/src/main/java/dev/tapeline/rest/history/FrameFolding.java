package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import java.util.List;
import java.util.OptionalLong;

/** Makes bars of longer frames, as the market makes them. May be used from any thread. */
public interface FrameFolding {

  /**
   * The bars of a frame that shorter ones make; the last one is closed as far as these tell.
   *
   * @param parts closed bars of one frame, in order of time
   */
  List<Bar> fold(Instrument instrument, Frame frame, List<Bar> parts);

  /** The time of the bar of a frame that covers this time; empty outside of sessions. */
  OptionalLong begin(Instrument instrument, Frame frame, long time);
}
