package dev.tapeline.feed.vendor;

/** Sees all arrivals of a source before its session does, such as to record them. */
@FunctionalInterface
public interface ArrivalTap {

  ArrivalTap NONE = _ -> {};

  /** Called on the thread of the feed, which a slow call delays. An exception ends the feed. */
  void onArrival(Arrival arrival);

  /**
   * A conversation begins, at the start and when the source is connected to anew: its session knows
   * nothing of what arrived before. Called on the thread of the feed.
   *
   * @param time epoch ms UTC
   */
  default void onConversation(long time) {}
}
