package dev.tapeline.feed.vendor;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;
import java.time.Duration;
import java.util.List;

/**
 * The bars of the past as a vendor's own REST interface has them: of minutes and of days. Methods
 * block. Safe for all threads.
 */
public interface VendorBars {

  /** Whether the vendor can be asked now. */
  boolean isOpen();

  /** Whether the vendor has bars of this instrument. */
  boolean covers(Instrument instrument);

  /** The longest time that is worth one call. */
  Duration longest(Frame frame);

  /**
   * Bars whose time is from one on and before another, in order of time. The newest may be missing,
   * or still grow. Those of minutes have the begin of the minute as their time, and those of days
   * midnight on the exchange's clock.
   *
   * @param frame {@code 1m} or {@code 1d}
   * @param from epoch ms UTC
   * @param to epoch ms UTC; the time from {@code from} on is at most {@link #longest}
   * @return none where the vendor has none
   * @throws dev.tapeline.feed.FeedException if the vendor does not tell, saying why
   * @throws InterruptedException if the thread is to end
   */
  List<Bar> read(Instrument instrument, Frame frame, long from, long to)
      throws InterruptedException;
}
