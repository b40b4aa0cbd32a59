package dev.tapeline.hub.topic;

/** The readers of one channel on one lane, as the channel sees them. */
public interface TopicReader {

  /** Notes that the channel has something new; any thread. */
  void mark();

  /** The number of subscriptions; any thread. */
  int subscribers();
}
