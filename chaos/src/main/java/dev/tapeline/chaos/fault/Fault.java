package dev.tapeline.chaos.fault;

/** What can be done to a stand; the plan says to whom, when and for how long. */
public enum Fault {
  KILL_NODE,
  FREEZE_NODE,
  KILL_REDIS,
  FREEZE_REDIS,
  FLUSH_REDIS,
  /** Redis closes the connections of all subscribers. */
  KICK_SUBSCRIBERS,
  /** Redis closes all connections. */
  KICK_ALL,
  SLOW_LINK,
  NARROW_LINK,
  CUT_LINK,
  DEAD_LINK,
  /** The link between the clients and a node. */
  CUT_CLIENTS,
  SLOW_CLIENTS,
  /** A client doesn't read. */
  STOP_READING,
  /** Many clients come, go and come back at once. */
  STORM
}
