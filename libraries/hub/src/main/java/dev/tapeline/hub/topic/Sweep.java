package dev.tapeline.hub.topic;

import dev.tapeline.core.Pattern;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/**
 * Removes the channels that only unused patterns match, and then unsubscribes the patterns.
 * Patterns that fall out of use during a sweep wait for the next one, so that many cost no more
 * than one. Runs on the thread that calls the bus, a part at a time.
 *
 * <p>The bus delivers a pattern until the sweep is over, so that a client that asks for one of its
 * channels meanwhile misses nothing.
 */
final class Sweep {

  private static final int CHANNELS_AT_ONCE = 256;

  private final Hub hub;
  private final Interest interest;
  private final Executor caller;
  private final Set<Pattern> unused = new LinkedHashSet<>();
  private boolean underWay;

  Sweep(Hub hub, Interest interest, Executor caller) {
    this.hub = hub;
    this.interest = interest;
    this.caller = caller;
  }

  /** The last user of a pattern has left. */
  void onUnused(Pattern pattern) {
    synchronized (this) {
      unused.add(pattern);
      if (underWay) {
        return;
      }
      underWay = true;
    }
    caller.execute(this::begin);
  }

  private void begin() {
    List<Pattern> swept = takeUnused();
    Queue<Iterator<Topic>> left = new ArrayDeque<>();
    prefixes(swept).forEach(prefix -> left.add(hub.topics().from(prefix)));
    sweep(swept, left);
  }

  private synchronized List<Pattern> takeUnused() {
    List<Pattern> taken = List.copyOf(unused);
    unused.clear();
    return taken;
  }

  /** What the channels of these patterns begin with, each channel once. */
  private static List<String> prefixes(List<Pattern> patterns) {
    Set<String> sorted = new TreeSet<>();
    patterns.forEach(pattern -> sorted.add(Topics.prefixOf(pattern)));
    List<String> prefixes = new ArrayList<>();
    for (String prefix : sorted) {
      if (prefixes.isEmpty() || !prefix.startsWith(prefixes.getLast())) {
        prefixes.add(prefix);
      }
    }
    return prefixes;
  }

  private void sweep(List<Pattern> swept, Queue<Iterator<Topic>> left) {
    int looked = 0;
    while (!left.isEmpty() && looked++ < CHANNELS_AT_ONCE) {
      if (left.element().hasNext()) {
        hub.removeUncovered(left.element().next());
      } else {
        left.remove();
      }
    }
    if (!left.isEmpty()) {
      caller.execute(() -> sweep(swept, left));
      return;
    }
    swept.forEach(interest::endUnused);
    beginAgain();
  }

  /** Begins another sweep, if patterns have fallen out of use meanwhile. */
  private void beginAgain() {
    synchronized (this) {
      underWay = !unused.isEmpty();
      if (!underWay) {
        return;
      }
    }
    caller.execute(this::begin);
  }
}
