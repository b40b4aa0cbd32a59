package dev.tapeline.hub.topic;

/** One lane's readers of one channel, as the channel knows them. */
public interface TopicReader {

  /** Says that the channel has something new; any thread. */
  void mark();

  /** How many subscriptions there are; any thread. */
  int subscribers();
}
