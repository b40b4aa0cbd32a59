package dev.tapeline.hub.topic;

/** Hears which channels appear and are removed, to serve subscriptions by pattern. */
public interface TopicListener {

  /** Patterns may match a channel that has just appeared; any thread. */
  void onAppeared(Topic topic);

  /** The channel is gone from this node; any thread. */
  void onRemoved(Topic topic);
}
