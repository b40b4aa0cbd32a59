package dev.tapeline.feed.vendor;

/** Sees all arrivals of a source before its session does, such as to record them. */
@FunctionalInterface
public interface ArrivalTap {

  ArrivalTap NONE = _ -> {};

  /** Called on the thread of the feed, which a slow call delays. An exception ends the feed. */
  void onArrival(Arrival arrival);
}
