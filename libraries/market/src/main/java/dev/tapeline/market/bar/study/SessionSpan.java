package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import java.time.LocalDate;

/**
 * One session, as bars need it; times are epoch ms UTC.
 *
 * @param date the trading day
 * @param anchor where frames are counted from: the open, or midnight for a market that never closes
 * @param open the begin of continuous trading
 * @param close the first millisecond after it
 * @param end the last millisecond of the closing auction; the close if there is none
 */
record SessionSpan(LocalDate date, long anchor, long open, long close, long end) {

  /** The rest of it, as a session of its own with the same frames. */
  SessionSpan from(long time) {
    return new SessionSpan(date, anchor, time, close, end);
  }

  /** Whether continuous trading goes on at a time. */
  boolean isOpenAt(long millis) {
    return millis >= open && millis < close;
  }

  /** Whether a time belongs to the closing auction. */
  boolean isAuctionAt(long millis) {
    return millis >= close && millis <= end && end > close;
  }

  /** The time of the bar of an intraday frame that covers a time of continuous trading. */
  FrameSpan intraday(Frame frame, long millis) {
    long length = frame.millis();
    long begin = anchor + Math.floorDiv(millis - anchor, length) * length;
    return new FrameSpan(Math.max(open, begin), Math.min(begin + length, close));
  }
}
