package dev.tapeline.hub.topic;

import dev.tapeline.core.Position;
import dev.tapeline.hub.ring.Ring;
import java.util.ArrayList;
import java.util.List;

/**
 * The clients that hold more of a durable channel than this node has, because another node was
 * quicker. Guarded by the topic's lock.
 */
final class ClientsAhead {

  private final List<Waiting> waiting = new ArrayList<>(0);

  private record Waiting(Position held, Runnable task) {}

  void add(Position held, Runnable task) {
    waiting.add(new Waiting(held, task));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Removes the clients whose position the ring has reached, and returns their tasks. */
  List<Runnable> takeReached(Ring ring) {
    List<Runnable> reached = new ArrayList<>();
    waiting.removeIf(client -> {
      boolean here = ring.hasReached(client.held());
      if (here) {
        reached.add(client.task());
      }
      return here;
    });
    return reached;
  }

  /** Removes all clients, and returns their tasks. */
  List<Runnable> takeAll() {
    List<Runnable> all = waiting.stream().map(Waiting::task).toList();
    waiting.clear();
    return all;
  }
}
