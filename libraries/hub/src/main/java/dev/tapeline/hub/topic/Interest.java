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
 * The selectors that this node is subscribed to at the bus. A name is subscribed from its first
 * user until its last; a pattern a little longer, until the channels that only it matched are
 * removed. No task runs under the lock, as the bus's thread takes it while it delivers.
 */
final class Interest {

  private final InterestCalls calls;
  private final Map<String, Entry> names = new HashMap<>();
  private final PatternIndex<Entry> patterns = new PatternIndex<>();

  /** Counts how often the bus has gone down; what was confirmed before that is not live. */
  private int life;

  Interest(InterestCalls calls) {
    this.calls = calls;
  }

  private static final class Entry {
    private int users;
    private int confirmedIn = -1;
    private final List<Runnable> waiters = new ArrayList<>(1);

    boolean isWanted() {
      return users > 0;
    }
  }

  /** The users that a release leaves. */
  enum Users {
    LEFT,
    NONE
  }

  private @Nullable Entry find(Selector selector) {
    return switch (selector) {
      case Channel(String name) -> names.get(name);
      case Pattern pattern -> patterns.get(pattern);
    };
  }

  private Entry begin(Selector selector) {
    Entry entry = new Entry();
    switch (selector) {
      case Channel(String name) -> names.put(name, entry);
      case Pattern pattern -> patterns.put(pattern, entry);
    }
    calls.subscribe(selector);
    return entry;
  }

  private void end(Selector selector) {
    switch (selector) {
      case Channel(String name) -> names.remove(name);
      case Pattern pattern -> patterns.remove(pattern);
    }
    calls.unsubscribe(selector);
  }

  /**
   * Counts one more user.
   *
   * @param otherwise runs, on any thread, as soon as the bus delivers what is selected, unless it
   *     does already
   */
  synchronized Availability acquire(Selector selector, Runnable otherwise) {
    Entry known = find(selector);
    Entry entry = known == null ? begin(selector) : known;
    entry.users++;
    return awaitLive(entry, otherwise);
  }

  /** Runs the task as soon as the bus delivers what is selected, unless it does already. */
  synchronized Availability awaitLive(Selector selector, Runnable otherwise) {
    Entry entry = find(selector);
    return entry == null ? Availability.READY : awaitLive(entry, otherwise);
  }

  private Availability awaitLive(Entry entry, Runnable otherwise) {
    if (isLive(entry)) {
      return Availability.READY;
    }
    entry.waiters.add(otherwise);
    return Availability.WAITING;
  }

  private boolean isLive(Entry entry) {
    return entry.confirmedIn == life;
  }

  /**
   * Counts one user less. After the last one a name is given up; a pattern stays until {@link
   * #endUnused}.
   */
  synchronized Users release(Selector selector) {
    Entry entry = find(selector);
    if (entry == null || --entry.users > 0) {
      return Users.LEFT;
    }
    if (selector instanceof Channel) {
      end(selector);
    }
    return Users.NONE;
  }

  /** Unsubscribes a pattern, unless it has users again. */
  synchronized void endUnused(Pattern pattern) {
    Entry entry = patterns.get(pattern);
    if (entry != null && !entry.isWanted()) {
      end(pattern);
    }
  }

  void confirm(Selector selector) {
    takeConfirmed(selector).forEach(Runnable::run);
  }

  private synchronized List<Runnable> takeConfirmed(Selector selector) {
    Entry entry = find(selector);
    if (entry == null) {
      return List.of();
    }
    entry.confirmedIn = life;
    List<Runnable> waiting = List.copyOf(entry.waiters);
    entry.waiters.clear();
    return waiting;
  }

  /** The bus is down: nothing is live until it is confirmed again. */
  synchronized void expire() {
    life++;
  }

  synchronized boolean covers(String channel) {
    return names.containsKey(channel) || patterns.anyMatch(channel, Entry::isWanted);
  }

  /** Whether some pattern is in use that the channel matches. */
  synchronized boolean hasPatternFor(String channel) {
    return patterns.anyMatch(channel, Entry::isWanted);
  }

  /** Whether the bus has confirmed that it delivers the channel, and somebody wants it. */
  synchronized boolean delivers(String channel) {
    Entry named = names.get(channel);
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

  /** How many nodes of the pattern tree were visited; a measure of work for tests. */
  synchronized long patternSteps() {
    return patterns.steps();
  }
}
