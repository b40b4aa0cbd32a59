package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.fault.Store.Kind;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fault that can be injected into a stand; the schedule says the target, the time and the
 * duration.
 */
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
  /** Many clients connect, leave and reconnect at once. */
  STORM,
  KILL_MASTER,
  /** The master sleeps while another one takes its place, and wakes up. */
  FREEZE_MASTER,
  /** A failover that is asked for. */
  FAILOVER,
  KILL_REPLICA,
  KILL_SENTINEL,
  /** A partition moves to another master. */
  MOVE_SLOT;

  /** The faults for a kind of stand, always in the same order. */
  static List<Fault> of(Kind kind) {
    return Stream.of(values()).filter(fault -> fault.isOf(kind)).toList();
  }

  private boolean isOf(Kind kind) {
    return switch (this) {
      case KILL_NODE, FREEZE_NODE, FLUSH_REDIS, KICK_SUBSCRIBERS, KICK_ALL -> true;
      case CUT_CLIENTS, SLOW_CLIENTS, STOP_READING, STORM -> true;
      case KILL_REDIS, FREEZE_REDIS -> kind == Kind.SINGLE;
      case SLOW_LINK, NARROW_LINK, CUT_LINK, DEAD_LINK -> kind == Kind.SINGLE;
      case KILL_MASTER, FREEZE_MASTER, FAILOVER, KILL_REPLICA -> kind != Kind.SINGLE;
      case KILL_SENTINEL -> kind == Kind.SENTINEL;
      case MOVE_SLOT -> kind == Kind.CLUSTER;
    };
  }
}
