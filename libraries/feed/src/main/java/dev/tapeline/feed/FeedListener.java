package dev.tapeline.feed;

/**
 * Receives the status, the faults and the end of a feed, on the feed's thread, one call at a time.
 * A slow call delays the feed.
 */
public interface FeedListener {

  /** The state has changed, or has begun again because a recording starts over. */
  void onStatus(FeedStatus status);

  /** A piece of input could not be read and was skipped. */
  void onFault(FeedFault fault);

  /**
   * The feed has come to its end by itself, such as at the end of a recording. This is the last
   * call.
   */
  void onEnded();

  /**
   * The feed has ended by a failure: its own, or an exception that a listener threw. This is the
   * last call, and takes the place of the status {@code down}. The feed leaves it to its listener
   * to log the failure and to start another feed.
   */
  void onFailed(Exception failure);
}
