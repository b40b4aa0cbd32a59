package dev.tapeline.hub.topic;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.PatternIndex;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this node asks of the bus: each name from its first user on until after its last; each
 * pattern a little longer, until what only it wanted is gone from the hub. Nobody is called under
 * the lock, which the bus's thread takes while it delivers.
 */
final class Interest {

  private final InterestCalls calls;
  private final Map<String, Upstream> names = new HashMap<>();
  private final PatternIndex<Upstream> patterns = new PatternIndex<>();

  /** Grows each time the bus goes down: what was confirmed before is not live. */
  private int life;

  Interest(InterestCalls calls) {
    this.calls = calls;
  }

  private static final class Upstream {
    private int users;
    private int confirmedIn = -1;
    private final List<Runnable> waiters = new ArrayList<>(1);

    boolean isWanted() {
      return users > 0;
    }
  }

  private @Nullable Upstream find(Selector selector) {
    return switch (selector) {
      case Channel(String name) -> names.get(name);
      case Pattern pattern -> patterns.get(pattern);
    };
  }

  private Upstream begin(Selector selector) {
    Upstream upstream = new Upstream();
    switch (selector) {
      case Channel(String name) -> names.put(name, upstream);
      case Pattern pattern -> patterns.put(pattern, upstream);
    }
    calls.subscribe(selector);
    return upstream;
  }

  private void end(Selector selector) {
    switch (selector) {
      case Channel(String name) -> names.remove(name);
      case Pattern pattern -> patterns.remove(pattern);
    }
    calls.unsubscribe(selector);
  }

  /**
   * One user more.
   *
   * @param otherwise runs, on any thread, as soon as the bus delivers what is selected, unless it
   *     does already
   * @return whether it does already
   */
  synchronized boolean acquire(Selector selector, Runnable otherwise) {
    Upstream known = find(selector);
    Upstream upstream = known == null ? begin(selector) : known;
    upstream.users++;
    return isLive(upstream, otherwise);
  }

  /** Whether the bus delivers it already; otherwise the task runs as soon as it does. */
  synchronized boolean isLive(Selector selector, Runnable otherwise) {
    Upstream upstream = find(selector);
    return upstream == null || isLive(upstream, otherwise);
  }

  private boolean isLive(Upstream upstream, Runnable otherwise) {
    boolean live = isLive(upstream);
    if (!live) {
      upstream.waiters.add(otherwise);
    }
    return live;
  }

  private boolean isLive(Upstream upstream) {
    return upstream.confirmedIn == life;
  }

  /**
   * One user less. After the last one a name is given up; a pattern stays until {@link #endUnused}.
   *
   * @return whether it was the last one
   */
  synchronized boolean release(Selector selector) {
    Upstream upstream = find(selector);
    if (upstream == null || --upstream.users > 0) {
      return false;
    }
    if (selector instanceof Channel) {
      end(selector);
    }
    return true;
  }

  /** Gives a pattern up, unless it has users again. */
  synchronized void endUnused(Pattern pattern) {
    Upstream upstream = patterns.get(pattern);
    if (upstream != null && !upstream.isWanted()) {
      end(pattern);
    }
  }

  void confirm(Selector selector) {
    takeConfirmed(selector).forEach(Runnable::run);
  }

  private synchronized List<Runnable> takeConfirmed(Selector selector) {
    Upstream upstream = find(selector);
    if (upstream == null) {
      return List.of();
    }
    upstream.confirmedIn = life;
    List<Runnable> waiting = List.copyOf(upstream.waiters);
    upstream.waiters.clear();
    return waiting;
  }

  /** The bus is down: nothing is live until it is confirmed again. */
  synchronized void expire() {
    life++;
  }

  synchronized boolean covers(String channel) {
    return names.containsKey(channel) || patterns.anyMatch(channel, Upstream::isWanted);
  }

  /** Whether some pattern is in use that the channel matches. */
  synchronized boolean hasPatternFor(String channel) {
    return patterns.anyMatch(channel, Upstream::isWanted);
  }

  /** Whether the bus has confirmed that it delivers the channel, and somebody wants it. */
  synchronized boolean delivers(String channel) {
    Upstream named = names.get(channel);
    return (named != null && isLive(named))
        || patterns.anyMatch(channel, pattern -> pattern.isWanted() && isLive(pattern));
  }

  /** Whether the channel is asked for by its own name. */
  synchronized boolean holds(String channel) {
    return names.containsKey(channel);
  }

  synchronized boolean holds(Pattern pattern) {
    return patterns.get(pattern) != null;
  }

  /** How many of these are patterns that are not in use. */
  synchronized long newPatterns(List<Selector> some) {
    return some.stream().filter(one -> one instanceof Pattern p && patterns.get(p) == null).count();
  }

  synchronized int patterns() {
    return patterns.size();
  }

  synchronized int size() {
    return names.size() + patterns.size();
  }

  /** How many places of the tree of patterns channels have been compared with. */
  synchronized long patternSteps() {
    return patterns.steps();
  }
}
