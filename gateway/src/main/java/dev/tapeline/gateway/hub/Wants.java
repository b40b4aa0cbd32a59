package dev.tapeline.gateway.hub;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.delivery.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Channels and patterns of one client, in order: all that it has asked for, or what it was granted.
 */
final class Wants {

  private final Map<Channel, Options> exact = new LinkedHashMap<>(2);
  private final Map<Pattern, Options> patterns = new LinkedHashMap<>(2);

  int size() {
    return exact.size() + patterns.size();
  }

  int channels() {
    return exact.size();
  }

  int patterns() {
    return patterns.size();
  }

  boolean holds(Selector selector) {
    return switch (selector) {
      case Channel name -> exact.containsKey(name);
      case Pattern pattern -> patterns.containsKey(pattern);
    };
  }

  boolean names(String channel) {
    return exact.containsKey(Channel.of(channel));
  }

  List<Selector> selectors() {
    List<Selector> all = new ArrayList<>(exact.keySet());
    all.addAll(patterns.keySet());
    return all;
  }

  List<Channel> named() {
    return List.copyOf(exact.keySet());
  }

  void forEachPattern(BiConsumer<Pattern, Options> action) {
    patterns.forEach(action);
  }

  /** Notes a wish, or other options of one; what it had before. */
  Optional<Options> put(Selector selector, Options options) {
    return Optional.ofNullable(
        switch (selector) {
          case Channel name -> exact.put(name, options);
          case Pattern pattern -> patterns.put(pattern, options);
        });
  }

  Optional<Options> remove(Selector selector) {
    return Optional.ofNullable(
        switch (selector) {
          case Channel name -> exact.remove(name);
          case Pattern pattern -> patterns.remove(pattern);
        });
  }

  void clear() {
    exact.clear();
    patterns.clear();
  }

  /** What is wanted of a channel; null if nothing. An exact subscription's options win. */
  @Nullable Options of(String channel) {
    Options found = exact.get(Channel.of(channel));
    if (found == null) {
      for (Map.Entry<Pattern, Options> pattern : patterns.entrySet()) {
        if (pattern.getKey().matches(channel)) {
          found = found == null ? pattern.getValue() : found.or(pattern.getValue());
        }
      }
    }
    return found;
  }

  /** The first pattern that a channel matches which was not asked for by name. */
  Optional<Pattern> patternOf(String channel) {
    return names(channel)
        ? Optional.empty()
        : patterns.keySet().stream().filter(pattern -> pattern.matches(channel)).findFirst();
  }
}
