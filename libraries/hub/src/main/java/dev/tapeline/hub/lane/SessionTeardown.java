package dev.tapeline.hub.lane;

import dev.tapeline.core.Selector;
import dev.tapeline.hub.topic.Chores;
import dev.tapeline.hub.topic.Hub;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Gives up what a session holds after its connection has ended, one at a time: its cursors, then
 * its selectors. Owned by its lane.
 */
final class SessionTeardown implements Chores.Chore {

  private final SessionCursors cursors;
  private final Hub hub;
  private final Queue<String> channels;
  private final Queue<Selector> held;

  SessionTeardown(SessionCursors cursors, List<Selector> held, Hub hub) {
    this.cursors = cursors;
    this.hub = hub;
    this.channels = new ArrayDeque<>(cursors.channels());
    this.held = new ArrayDeque<>(held);
  }

  @Override
  public boolean step() {
    String channel = channels.poll();
    if (channel != null) {
      cursors.detach(channel);
      return true;
    }
    Selector selector = held.poll();
    if (selector != null) {
      hub.release(selector);
    }
    return !held.isEmpty();
  }
}
