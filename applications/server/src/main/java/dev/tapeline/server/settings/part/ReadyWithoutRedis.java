package dev.tapeline.server.settings.part;

/** Whether a node is ready while Redis is away, or takes no writes. */
public enum ReadyWithoutRedis {
  /** Ready if the node can serve its clients by itself: role all with a feed. */
  AUTO,
  TRUE,
  FALSE
}
