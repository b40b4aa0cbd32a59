package dev.tapeline.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The number of nodes that want each selector. It tells a listener which selectors become wanted
 * and which are wanted no longer. The listener is called under the lock, so that it hears of
 * changes in their order. Safe for all threads.
 */
public final class DemandTally {

  private static final int SLICE = 1_000;

  private final int maxWishes;
  private final Map<String, NodeWishes> wishes = new HashMap<>();
  private final Map<Selector, Integer> nodes = new HashMap<>();
  private Demand.Listener listener = Demand.Listener.DEAF;
  private int patterns;
  private long refused;

  /**
   * @param maxWishes how many wishes one node may have
   */
  public DemandTally(int maxWishes) {
    this.maxWishes = maxWishes;
  }

  /** The wishes of one node. */
  private static final class NodeWishes {

    private static final NodeWishes NONE = new NodeWishes();

    private final Set<Selector> all = new HashSet<>();
    private int patterns;

    private boolean add(Selector selector) {
      boolean added = all.add(selector);
      patterns += added ? one(selector) : 0;
      return added;
    }

    private boolean remove(Selector selector) {
      boolean removed = all.remove(selector);
      patterns -= removed ? one(selector) : 0;
      return removed;
    }
  }

  private static int one(Selector selector) {
    return selector instanceof Pattern ? 1 : 0;
  }

  /** Tells the listener what is wanted now, and from here on each change. */
  public synchronized void listen(Demand.Listener newest) {
    listener = newest;
    if (!nodes.isEmpty()) {
      newest.onWanted(List.copyOf(nodes.keySet()));
    }
  }

  /** Stops calling the listener. */
  public synchronized void ignore() {
    listener = Demand.Listener.DEAF;
  }

  /**
   * Adds wishes of a node.
   *
   * @return those that it did not want before, without those that are refused
   */
  public synchronized List<Selector> add(String node, Collection<? extends Selector> selectors) {
    NodeWishes own = wishes.computeIfAbsent(node, _ -> new NodeWishes());
    List<Selector> added = new ArrayList<>();
    List<Selector> first = new ArrayList<>();
    for (Selector selector : selectors) {
      if (own.all.size() >= maxWishes) {
        refused += own.all.contains(selector) ? 0 : 1;
      } else if (own.add(selector)) {
        added.add(selector);
        if (nodes.merge(selector, 1, Integer::sum) == 1) {
          patterns += one(selector);
          first.add(selector);
        }
      }
    }
    dropIfEmpty(node, own);
    if (!first.isEmpty()) {
      listener.onWanted(first);
    }
    return added;
  }

  /**
   * Removes wishes of a node.
   *
   * @return those that it did want
   */
  public synchronized List<Selector> remove(String node, Collection<? extends Selector> selectors) {
    NodeWishes own = wishes.get(node);
    if (own == null) {
      return List.of();
    }
    List<Selector> removed = new ArrayList<>();
    List<Selector> last = new ArrayList<>();
    for (Selector selector : selectors) {
      if (own.remove(selector)) {
        removed.add(selector);
        if (nodes.merge(selector, -1, DemandTally::sumOrNone) == null) {
          patterns -= one(selector);
          last.add(selector);
        }
      }
    }
    dropIfEmpty(node, own);
    if (!last.isEmpty()) {
      listener.onReleased(last);
    }
    return removed;
  }

  @SuppressWarnings("NullAway") // merge removes the entry for null, which its annotations leave out
  private static Integer sumOrNone(int count, int change) {
    return count + change == 0 ? null : count + change;
  }

  private void dropIfEmpty(String node, NodeWishes own) {
    if (own.all.isEmpty()) {
      wishes.remove(node);
    }
  }

  /** Removes a node with its wishes. */
  public synchronized void removeNode(String node) {
    List<Selector> _ = remove(node, List.copyOf(of(node)));
  }

  /**
   * Replaces the wishes of a node. The lock is released now and then, so that other threads get
   * their turn.
   */
  public void replace(String node, Set<Selector> selectors) {
    Set<Selector> before = of(node);
    List<Selector> gone = before.stream().filter(one -> !selectors.contains(one)).toList();
    List<Selector> come = selectors.stream().filter(one -> !before.contains(one)).toList();
    for (int i = 0; i < gone.size(); i += SLICE) {
      List<Selector> _ = remove(node, gone.subList(i, Math.min(gone.size(), i + SLICE)));
    }
    for (int i = 0; i < come.size(); i += SLICE) {
      List<Selector> _ = add(node, come.subList(i, Math.min(come.size(), i + SLICE)));
    }
  }

  /** A copy of what a node wants. */
  public synchronized Set<Selector> of(String node) {
    return Set.copyOf(wishesAt(node).all);
  }

  public synchronized boolean wants(String node, Selector selector) {
    return wishesAt(node).all.contains(selector);
  }

  private NodeWishes wishesAt(String node) {
    return wishes.getOrDefault(node, NodeWishes.NONE);
  }

  public synchronized int nodesWanting(Selector selector) {
    return nodes.getOrDefault(selector, 0);
  }

  public synchronized Demand.Wishes all() {
    return new Demand.Wishes(wishes.size(), nodes.size() - patterns, patterns);
  }

  /** The wishes of one node. */
  public synchronized Demand.Wishes wishesOf(String node) {
    NodeWishes own = wishesAt(node);
    int size = own.all.size();
    return new Demand.Wishes(size == 0 ? 0 : 1, size - own.patterns, own.patterns);
  }

  /** The number of wishes refused because their node had too many. */
  public synchronized long refused() {
    return refused;
  }
}
