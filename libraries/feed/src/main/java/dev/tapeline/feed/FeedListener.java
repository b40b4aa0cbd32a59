package dev.tapeline.feed;

/**
 * Receives the status and the faults of a feed, on the feed's thread, one call at a time. A slow
 * call delays the feed.
 */
public interface FeedListener {

  /** The state has changed, or has begun again because a recording starts over. */
  void onStatus(FeedStatus status);

  /** A piece of input could not be read and was skipped. */
  void onFault(FeedFault fault);
}
