package dev.tapeline.feed.vendor;

/** Hears every arrival of a feed before its session does, on the feed's thread. */
public interface ArrivalTap {

  void onArrival(Arrival arrival);
}
