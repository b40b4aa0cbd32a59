package dev.tapeline.protocols.centrifugo;

import dev.tapeline.core.Channel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The order of one client's commands: those on a channel wait until a pending subscription to it is
 * answered. Owned by its lane.
 */
final class Turns {

  private static final int MAX_WAITING = 100;

  private final Map<Channel, Queue<Runnable>> waiting = new HashMap<>(2);
  private int all;

  /** Runs a command on a channel now or at its turn; false if too many wait already. */
  boolean take(Channel channel, Runnable command) {
    Queue<Runnable> queue = waiting.get(channel);
    if (queue == null) {
      command.run();
      return true;
    }
    if (all == MAX_WAITING) {
      return false;
    }
    all++;
    return queue.add(command);
  }

  /** A subscription to the channel is pending. */
  void begin(Channel channel) {
    waiting.put(channel, new ArrayDeque<>(0));
  }

  /** The subscription is answered. The next commands run, up to one that has to wait again. */
  void end(Channel channel) {
    Queue<Runnable> queue = waiting.remove(channel);
    while (queue != null && !queue.isEmpty()) {
      all--;
      take(channel, queue.remove());
    }
  }
}
