package dev.tapeline.feed.replay;

import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.Tick;
import java.util.List;

/** Receives what a recording holds, in its order. */
public interface PlaybackSink {

  /**
   * A frame that holds market data.
   *
   * @param line in the file, from 1
   * @param nanos when it was received, ns since 1970
   * @param ticks what it holds; valid during the call
   */
  void onFrame(long line, long nanos, List<Tick> ticks) throws InterruptedException;

  /**
   * An arrival for this session, which tells its ticks when it is due. Its own arrivals of time are
   * the only time that is told.
   */
  void onArrival(Arrival arrival, VendorSession session) throws InterruptedException;

  /** What follows is of another conversation with the vendor, as the live source has begun anew. */
  default void onConversation() {}

  /** Whether the source gets what it should, as its session has found out. */
  default void onFeed(boolean isUp) {}

  /**
   * Something that could not be read and is skipped.
   *
   * @param line in the file, from 1; 0 where there are no lines
   */
  void onBadLine(long line, String reason);

  /** Whether to go on. */
  boolean goesOn();
}
