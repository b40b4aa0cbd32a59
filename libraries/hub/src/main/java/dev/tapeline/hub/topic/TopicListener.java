package dev.tapeline.hub.topic;

/** Hears which channels come and go, for whoever reads channels by pattern. */
public interface TopicListener {

  /** Patterns may match a channel that has just appeared; any thread. */
  void onAppeared(Topic topic);

  /** The channel is gone from this node; any thread. */
  void onRemoved(Topic topic);
}
