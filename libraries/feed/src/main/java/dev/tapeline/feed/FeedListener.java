package dev.tapeline.feed;

/**
 * Hears how a feed is, on the feed's thread, one call at a time. A call that takes long delays it.
 */
public interface FeedListener {

  /** The state has changed, or begins anew as when a recording starts over. */
  void onStatus(FeedStatus status);

  /** Something could not be read and was left out. */
  void onFault(FeedFault fault);
}
