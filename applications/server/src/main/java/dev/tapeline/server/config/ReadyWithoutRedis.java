package dev.tapeline.server.config;

/** Whether a node is ready while Redis is away, or takes no writes. */
public enum ReadyWithoutRedis {
  /** If the node goes on serving its clients: role all, with a feed. */
  AUTO,
  TRUE,
  FALSE
}
