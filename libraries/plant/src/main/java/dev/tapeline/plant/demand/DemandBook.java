package dev.tapeline.plant.demand;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.PatternIndex;
import dev.tapeline.core.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The demand on the sources of a node: the selectors that clients of any node want, that the
 * settings pin, and that orders, recorders and others hold. A selector is wanted from its first
 * reason on until a while after its last one, so that a client that reloads a page changes nothing.
 *
 * <p>Call {@link #onTime} about every second to pass the time. Listeners are called one at a time,
 * under the lock, by whichever thread brings the change. Safe for all threads.
 */
public final class DemandBook implements Demand.Listener {

  /** The default limit on wanted selectors. */
  public static final int DEFAULT_MAX_SELECTORS = 1_000_000;

  private final long lingerNanos;
  private final int maxSelectors;
  private final Map<Selector, Entry> entries = new HashMap<>();
  private final List<Demand.Listener> listeners = new ArrayList<>();

  /** The selectors that have lost their last reason since the last {@link #onTime}. */
  private final Set<Selector> dropped = new LinkedHashSet<>();

  /** The selectors without a reason, with their time of release, the earliest first. */
  private final Map<Selector, Long> leaving = new LinkedHashMap<>();

  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final PatternIndex<Pattern> patterns = new PatternIndex<>();
  private volatile boolean hasPatterns;
  private long refused;

  /**
   * @param linger how long a selector stays wanted after its last reason
   * @param pinned wanted as long as this lives
   * @param maxSelectors how many selectors can be wanted; more are refused, the pinned ones apart
   */
  public DemandBook(Duration linger, Collection<Selector> pinned, int maxSelectors) {
    this.lingerNanos = linger.toNanos();
    this.maxSelectors = maxSelectors;
    pinned.forEach(selector -> begin(selector).holds++);
  }

  /** The reasons for one selector. */
  private static final class Entry {

    private boolean clients;
    private int holds;

    private boolean hasReason() {
      return clients || holds > 0;
    }
  }

  /** Keeps a selector wanted until it is closed; closing it again changes nothing. */
  public interface Reservation extends AutoCloseable {

    /** Whether the selector is reserved; false if the book was full. */
    boolean isHeld();

    @Override
    void close();
  }

  /** Tells a listener what is wanted now, and from here on each change. */
  public synchronized void listen(Demand.Listener listener) {
    listeners.add(listener);
    if (!entries.isEmpty()) {
      listener.onWanted(List.copyOf(entries.keySet()));
    }
  }

  /** Keeps a selector wanted, also where no client wants it. */
  public synchronized Reservation hold(Selector selector) {
    boolean held = change(List.of(selector), entry -> entry.holds++) == 1;
    return new Booking(selector, held);
  }

  /** One holder of one selector. */
  private final class Booking implements Reservation {

    private final Selector selector;
    private final boolean held;
    private boolean closed;

    private Booking(Selector selector, boolean held) {
      this.selector = selector;
      this.held = held;
    }

    @Override
    public boolean isHeld() {
      return held;
    }

    @Override
    public void close() {
      synchronized (DemandBook.this) {
        if (held && !closed) {
          closed = true;
          drop(List.of(selector), entry -> entry.holds--);
        }
      }
    }
  }

  /** Adds selectors that clients of some node want. */
  @Override
  public synchronized void onWanted(List<Selector> selectors) {
    int _ = change(selectors, entry -> entry.clients = true);
  }

  /** Removes selectors that no client of any node wants any more. */
  @Override
  public synchronized void onReleased(List<Selector> selectors) {
    drop(selectors, entry -> entry.clients = false);
  }

  /** Adds a reason to each selector; returns how many were taken. */
  private int change(List<Selector> selectors, Consumer<Entry> reason) {
    List<Selector> first = new ArrayList<>();
    int taken = 0;
    for (Selector selector : selectors) {
      Entry entry = entries.get(selector);
      if (entry == null && entries.size() >= maxSelectors) {
        refused++;
        continue;
      }
      if (entry == null) {
        entry = begin(selector);
        first.add(selector);
      }
      reason.accept(entry);
      dropped.remove(selector);
      leaving.remove(selector);
      taken++;
    }
    if (!first.isEmpty()) {
      listeners.forEach(listener -> listener.onWanted(first));
    }
    return taken;
  }

  private Entry begin(Selector selector) {
    switch (selector) {
      case Channel(String name) -> names.add(name);
      case Pattern pattern -> {
        synchronized (patterns) {
          patterns.put(pattern, pattern);
          hasPatterns = true;
        }
      }
    }
    return entries.computeIfAbsent(selector, _ -> new Entry());
  }

  private void drop(List<Selector> selectors, Consumer<Entry> reason) {
    for (Selector selector : selectors) {
      Entry entry = entries.get(selector);
      if (entry != null && entry.hasReason()) {
        reason.accept(entry);
        if (!entry.hasReason()) {
          dropped.add(selector);
        }
      }
    }
  }

  /** Releases the selectors that have had no reason for long enough. */
  public synchronized void onTime(long nanos) {
    dropped.forEach(selector -> leaving.put(selector, nanos + lingerNanos));
    dropped.clear();
    List<Selector> gone = new ArrayList<>();
    for (Map.Entry<Selector, Long> next : leaving.entrySet()) {
      if (nanos - next.getValue() < 0) {
        break;
      }
      gone.add(next.getKey());
    }
    if (!gone.isEmpty()) {
      gone.forEach(leaving::remove);
      gone.forEach(this::end);
      listeners.forEach(listener -> listener.onReleased(gone));
    }
  }

  private void end(Selector selector) {
    entries.remove(selector);
    switch (selector) {
      case Channel(String name) -> names.remove(name);
      case Pattern pattern -> {
        synchronized (patterns) {
          patterns.remove(pattern);
          hasPatterns = !patterns.isEmpty();
        }
      }
    }
  }

  /**
   * Whether publications of this channel are worth making. Costs a look into a map, and where
   * patterns are wanted a walk along the name under a lock of its own; allocates nothing.
   */
  public boolean isWanted(String channel) {
    if (names.contains(channel)) {
      return true;
    }
    if (!hasPatterns) {
      return false;
    }
    synchronized (patterns) {
      return patterns.matches(channel);
    }
  }

  /** The number of selectors that are wanted for any reason, or were until just now. */
  public record Size(int channels, int patterns) {}

  public synchronized Size size() {
    return new Size(names.size(), entries.size() - names.size());
  }

  /** The number of reasons refused because too many selectors were wanted. */
  public synchronized long refused() {
    return refused;
  }
}
