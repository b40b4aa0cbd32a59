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
 * What one client is subscribed to, in order: the options it asked for last, and those in effect.
 * Owned by its lane.
 */
final class SubscriptionList {

  private final Map<Channel, Want> exact = new LinkedHashMap<>(2);

  /** Made with the first pattern: most clients have none, and there are many clients. */
  private Map<Pattern, Want> patterns = Map.of();

  private int grantedChannels;

  /** The options that were asked for last, and those in effect until that is answered. */
  private static final class Want {
    private Options asked;
    private @Nullable Options granted;

    /** Whether the hub is still to be asked for it. */
    private boolean unasked = true;

    Want(Options asked) {
      this.asked = asked;
    }
  }

  int size() {
    return exact.size() + patterns.size();
  }

  /** Those that were granted by name. */
  int grantedChannels() {
    return grantedChannels;
  }

  int patterns() {
    return patterns.size();
  }

  boolean holds(Selector selector) {
    return want(selector) != null;
  }

  private @Nullable Want want(Selector selector) {
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

  /** Those that the hub has been asked for. */
  List<Selector> upstream() {
    List<Selector> all = selectors();
    all.removeIf(this::isUnasked);
    return all;
  }

  private boolean isUnasked(Selector selector) {
    Want want = want(selector);
    return want != null && want.unasked;
  }

  /** Notes that the hub is asked for it now; false if it has been before. */
  boolean ask(Selector selector) {
    Want want = want(selector);
    if (want == null || !want.unasked) {
      return false;
    }
    want.unasked = false;
    return true;
  }

  List<Channel> named() {
    return List.copyOf(exact.keySet());
  }

  void forEachPattern(BiConsumer<Pattern, Options> action) {
    patterns.forEach((pattern, want) -> action.accept(pattern, want.asked));
  }

  /** Notes a request, or other options of one; what was asked for before. */
  Optional<Options> put(Selector selector, Options options) {
    Want want = want(selector);
    if (want != null) {
      Options before = want.asked;
      want.asked = options;
      return Optional.of(before);
    }
    switch (selector) {
      case Channel name -> exact.put(name, new Want(options));
      case Pattern pattern -> put(pattern, new Want(options));
    }
    return Optional.empty();
  }

  private void put(Pattern pattern, Want want) {
    if (patterns.isEmpty()) {
      patterns = new LinkedHashMap<>(2);
    }
    patterns.put(pattern, want);
  }

  /** These options of a request count from now on. */
  void grant(Selector selector, Options options) {
    Want want = want(selector);
    if (want != null) {
      grantedChannels += want.granted == null && selector instanceof Channel ? 1 : 0;
      want.granted = options;
    }
  }

  /** Ends a request; what was asked for last. */
  Optional<Options> remove(Selector selector) {
    Want want =
        switch (selector) {
          case Channel name -> exact.remove(name);
          case Pattern pattern -> patterns.isEmpty() ? null : patterns.remove(pattern);
        };
    if (want == null) {
      return Optional.empty();
    }
    grantedChannels -= want.granted != null && selector instanceof Channel ? 1 : 0;
    return Optional.of(want.asked);
  }

  void clear() {
    exact.clear();
    patterns = Map.of();
    grantedChannels = 0;
  }

  /** What is asked for of a channel by its name; null if nothing is. */
  @Nullable Options asked(Channel channel) {
    Want want = exact.get(channel);
    return want == null ? null : want.asked;
  }

  /** What was granted of a channel; null if nothing. An exact subscription's options win. */
  @Nullable Options granted(String channel) {
    Options found = grantedByName(channel);
    if (found == null) {
      for (Map.Entry<Pattern, Want> pattern : patterns.entrySet()) {
        Options granted = pattern.getValue().granted;
        if (granted != null && pattern.getKey().matches(channel)) {
          found = found == null ? granted : found.or(granted);
        }
      }
    }
    return found;
  }

  private @Nullable Options grantedByName(String channel) {
    Want want = exact.get(Channel.of(channel));
    return want == null ? null : want.granted;
  }

  /** The first pattern granted that a channel matches which was not granted by name. */
  Optional<Pattern> patternOf(String channel) {
    return grantedByName(channel) != null
        ? Optional.empty()
        : patterns.entrySet().stream()
            .filter(entry -> entry.getValue().granted != null && entry.getKey().matches(channel))
            .map(Map.Entry::getKey)
            .findFirst();
  }
}
