package dev.tapeline.rest;

import dev.tapeline.core.Leases;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The nodes that share a bus, as this node sees them. Safe for all threads. */
public interface NodeDirectory {

  /** All nodes and leases; this node alone while the others can't be asked. May wait for Redis. */
  Listing list();

  /** The state of this node's first source; empty if it has none. */
  Optional<String> feedState();

  /**
   * The nodes and leases.
   *
   * @param timestamp epoch ms UTC; as other times here by the clock of Redis, where there is one
   * @param complete false if it has nothing but this node
   * @param problem why it is not complete; empty if it is
   */
  record Listing(
      long timestamp,
      boolean complete,
      String problem,
      List<ObjectNode> nodes,
      Collection<Leases.Standing> leases) {}
}
