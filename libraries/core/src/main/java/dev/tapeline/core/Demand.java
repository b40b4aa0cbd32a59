package dev.tapeline.core;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The channels and patterns that the nodes that share a bus want to receive. Each node tells its
 * own wishes; a node that runs sources listens to the wishes of all nodes together.
 *
 * <p>A node wants a selector or does not: wanting it twice changes nothing. The caller of this port
 * counts the clients.
 *
 * <p>All methods may be called from any thread and none waits for a network. Nothing here fails
 * while the bus is away: wishes are kept and told when it is back, and a listener keeps what it
 * knew.
 */
public interface Demand extends AutoCloseable {

  /** How many wishes a node may have by default. */
  int DEFAULT_MAX_WISHES = 200_000;

  /** How long a node may be silent before its wishes are dropped. */
  Duration EXPIRY = Duration.ofSeconds(10);

  /**
   * Adds wishes of this node. Wishes beyond the limit are refused and counted: they are neither
   * told nor remembered.
   */
  void want(Collection<? extends Selector> selectors);

  /** Removes wishes; does nothing for a selector that this node does not want. */
  void release(Collection<? extends Selector> selectors);

  /**
   * Begins to follow the wishes of all nodes. Called at most once, and only on a node that needs
   * it. The listener is told first what is wanted already.
   */
  void listen(Listener listener);

  /**
   * How many nodes want exactly this selector, as far as this node knows: without a listener, it
   * knows of itself only.
   */
  int nodesWanting(Selector selector);

  /** The wishes of this node. */
  Wishes own();

  /**
   * The wishes of all nodes together, each selector once; without a listener, those of this one.
   */
  Wishes all();

  /** The number of wishes refused so far because their node had too many. */
  long refused();

  /** Removes all wishes of this node; the listener is not called any more. */
  @Override
  void close();

  /**
   * How many selectors are wanted.
   *
   * @param nodes that want at least one of them
   */
  record Wishes(int nodes, int channels, int patterns) {}

  /**
   * Receives changes of what all nodes together want: one call at a time, in the order of the
   * changes. Must not block.
   */
  interface Listener {

    /** A listener that ignores everything. */
    Listener DEAF =
        new Listener() {
          @Override
          public void onWanted(List<Selector> selectors) {}

          @Override
          public void onReleased(List<Selector> selectors) {}
        };

    /** Some node wants each of these, and no node did before. */
    void onWanted(List<Selector> selectors);

    /** No node wants any of these any more. */
    void onReleased(List<Selector> selectors);
  }
}
