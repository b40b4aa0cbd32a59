package dev.tapeline.hub.lane;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client's subscriptions, in order: the options that it asked for last, and those in effect.
 * Owned by its lane.
 */
final class SubscriptionList {

  private final Map<Channel, Entry> exact = new LinkedHashMap<>(2);

  /** Made with the first pattern: most clients have none, and there are many clients. */
  private Map<Pattern, Entry> patterns = Map.of();

  private int grantedChannels;

  /** The options that were asked for last, and those in effect until that request is answered. */
  private static final class Entry {
    private Options asked;
    private @Nullable Options granted;

    /** Whether the hub is still to be asked for it. */
    private boolean unasked = true;

    Entry(Options asked) {
      this.asked = asked;
    }
  }

  int size() {
    return exact.size() + patterns.size();
  }

  /** The number of channels granted by name. */
  int grantedChannels() {
    return grantedChannels;
  }

  int patterns() {
    return patterns.size();
  }

  boolean holds(Selector selector) {
    return entry(selector) != null;
  }

  private @Nullable Entry entry(Selector selector) {
    return switch (selector) {
      case Channel name -> exact.get(name);
      case Pattern pattern -> patterns.get(pattern);
    };
  }

  List<Selector> selectors() {
    List<Selector> all = new ArrayList<>(exact.keySet());
    all.addAll(patterns.keySet());
    return all;
  }

  /** The selectors that the hub has been asked for. */
  List<Selector> upstream() {
    List<Selector> all = selectors();
    all.removeIf(this::isUnasked);
    return all;
  }

  private boolean isUnasked(Selector selector) {
    Entry entry = entry(selector);
    return entry != null && entry.unasked;
  }

  /** Notes that the hub is asked for it now; false if it has been before. */
  boolean ask(Selector selector) {
    Entry entry = entry(selector);
    if (entry == null || !entry.unasked) {
      return false;
    }
    entry.unasked = false;
    return true;
  }

  List<Channel> named() {
    return List.copyOf(exact.keySet());
  }

  void forEachPattern(BiConsumer<Pattern, Options> action) {
    patterns.forEach((pattern, entry) -> action.accept(pattern, entry.asked));
  }

  /** Notes a request, or other options of one; returns those asked for before. */
  Optional<Options> put(Selector selector, Options options) {
    Entry entry = entry(selector);
    if (entry != null) {
      Options before = entry.asked;
      entry.asked = options;
      return Optional.of(before);
    }
    switch (selector) {
      case Channel name -> exact.put(name, new Entry(options));
      case Pattern pattern -> put(pattern, new Entry(options));
    }
    return Optional.empty();
  }

  private void put(Pattern pattern, Entry entry) {
    if (patterns.isEmpty()) {
      patterns = new LinkedHashMap<>(2);
    }
    patterns.put(pattern, entry);
  }

  /** These options of a request count from now on. */
  void grant(Selector selector, Options options) {
    Entry entry = entry(selector);
    if (entry != null) {
      grantedChannels += entry.granted == null && selector instanceof Channel ? 1 : 0;
      entry.granted = options;
    }
  }

  /** Ends a request; returns the options asked for last. */
  Optional<Options> remove(Selector selector) {
    Entry entry =
        switch (selector) {
          case Channel name -> exact.remove(name);
          case Pattern pattern -> patterns.isEmpty() ? null : patterns.remove(pattern);
        };
    if (entry == null) {
      return Optional.empty();
    }
    grantedChannels -= entry.granted != null && selector instanceof Channel ? 1 : 0;
    return Optional.of(entry.asked);
  }

  void clear() {
    exact.clear();
    patterns = Map.of();
    grantedChannels = 0;
  }

  /** What is asked for of a channel by its name; null if nothing is. */
  @Nullable Options asked(Channel channel) {
    Entry entry = exact.get(channel);
    return entry == null ? null : entry.asked;
  }

  /** What was granted of a channel; null if nothing. An exact subscription's options win. */
  @Nullable Options granted(String channel) {
    Options found = grantedByName(channel);
    if (found == null) {
      for (Map.Entry<Pattern, Entry> pattern : patterns.entrySet()) {
        Options granted = pattern.getValue().granted;
        if (granted != null && pattern.getKey().matches(channel)) {
          found = found == null ? granted : found.or(granted);
        }
      }
    }
    return found;
  }

  private @Nullable Options grantedByName(String channel) {
    Entry entry = exact.get(Channel.of(channel));
    return entry == null ? null : entry.granted;
  }

  /** The first granted pattern that matches a channel; empty if the channel was granted by name. */
  Optional<Pattern> patternOf(String channel) {
    return grantedByName(channel) != null
        ? Optional.empty()
        : patterns.entrySet().stream()
            .filter(entry -> entry.getValue().granted != null && entry.getKey().matches(channel))
            .map(Map.Entry::getKey)
            .findFirst();
  }
}
