package dev.tapeline.plant.bus;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelLog;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.PatternIndex;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One view of a {@link SharedBus}: a listener and its subscriptions. The methods that are not of
 * {@link Bus} are called under the lock of the shared bus.
 */
final class BusView implements Bus {

  private final SharedBus bus;
  private final Map<String, Subscribed> names = new HashMap<>();
  private final PatternIndex<Subscribed> patterns = new PatternIndex<>();

  // the selectors that were not confirmed yet
  private final Set<String> newNames = new HashSet<>();
  private final Map<Pattern, Subscribed> newPatterns = new HashMap<>();

  private Listener listener = Listener.DEAF;

  BusView(SharedBus bus) {
    this.bus = bus;
  }

  /** One selector of the view. */
  private static final class Subscribed {

    private boolean begun;
    private boolean awaited = true;

    /** The selectors that the view had when it asked for this one, and has released since. */
    private Set<Selector> replaced = Set.of();

    private boolean hasBegun() {
      return begun;
    }

    private void replace(Selector delivered) {
      if (replaced.isEmpty()) {
        replaced = new HashSet<>();
      }
      replaced.add(delivered);
    }

    /** Whether a channel was delivered by a selector that this one replaces. */
    private boolean continues(String channel) {
      if (!replaced.isEmpty()) {
        for (Selector selector : replaced) {
          if (selector.matches(channel)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  void tell(Listener newest) {
    listener = newest;
  }

  Listener listener() {
    return listener;
  }

  /** Adds a selector; false if it is there already. */
  boolean add(Selector selector) {
    if (find(selector) != null) {
      return false;
    }
    Subscribed added = new Subscribed();
    switch (selector) {
      case Channel(String name) -> {
        names.put(name, added);
        newNames.add(name);
      }
      case Pattern pattern -> {
        patterns.put(pattern, added);
        newPatterns.put(pattern, added);
      }
    }
    return true;
  }

  /** Removes a selector; false if it is not there. */
  boolean remove(Selector selector) {
    Subscribed removed =
        switch (selector) {
          case Channel(String name) -> {
            newNames.remove(name);
            yield names.remove(name);
          }
          case Pattern pattern -> {
            newPatterns.remove(pattern);
            yield patterns.remove(pattern);
          }
        };
    if (removed == null) {
      return false;
    }
    Set<Selector> delivered = removed.begun ? Set.of(selector) : removed.replaced;
    delivered.forEach(this::replace);
    return true;
  }

  /** Lets selectors that wait for confirmation continue the deliveries of a released one. */
  private void replace(Selector delivered) {
    newPatterns.forEach((pattern, subscribed) -> {
      if (pattern.overlaps(delivered)) {
        subscribed.replace(delivered);
      }
    });
    switch (delivered) {
      case Channel(String name) -> replace(names.get(name), delivered);
      case Pattern pattern ->
          newNames.forEach(name -> {
            if (pattern.matches(name)) {
              replace(names.get(name), pattern);
            }
          });
    }
  }

  private static void replace(@Nullable Subscribed name, Selector delivered) {
    if (name != null && !name.begun) {
      name.replace(delivered);
    }
  }

  private @Nullable Subscribed find(Selector selector) {
    return switch (selector) {
      case Channel(String name) -> names.get(name);
      case Pattern pattern -> patterns.get(pattern);
    };
  }

  /** Notes that a selector delivers; returns whether the listener is to be told. */
  boolean confirm(Selector selector) {
    Subscribed subscribed = find(selector);
    if (subscribed == null || !subscribed.awaited) {
      return false;
    }
    subscribed.awaited = false;
    subscribed.begun = true;
    subscribed.replaced = Set.of();
    switch (selector) {
      case Channel(String name) -> newNames.remove(name);
      case Pattern pattern -> newPatterns.remove(pattern);
    }
    return true;
  }

  /** Notes that the bus is down: each selector is confirmed again when it is back. */
  void expire() {
    names.values().forEach(subscribed -> subscribed.awaited = true);
    patterns.values().forEach(subscribed -> subscribed.awaited = true);
  }

  /**
   * Whether the listener gets the publications of a channel: once a matching selector is confirmed,
   * and without a break when one selector replaces another.
   *
   * @param early also by a selector that was not confirmed yet
   */
  boolean takes(String channel, boolean early) {
    Subscribed named = names.get(channel);
    if (named != null && (early || named.begun || named.continues(channel))) {
      return true;
    }
    return early
        ? patterns.matches(channel)
        : patterns.anyMatch(channel, Subscribed::hasBegun) || isContinued(channel);
  }

  private boolean isContinued(String channel) {
    if (!newPatterns.isEmpty()) {
      for (Map.Entry<Pattern, Subscribed> each : newPatterns.entrySet()) {
        if (each.getValue().continues(channel) && each.getKey().matches(channel)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Everything that is subscribed. */
  List<Selector> selectors() {
    List<Selector> all = new ArrayList<>(patterns.patterns());
    names.keySet().forEach(name -> all.add(Channel.of(name)));
    return all;
  }

  @Override
  public void start(Listener newest) {
    bus.start(this, newest);
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications) {
    return bus.publish(publications);
  }

  @Override
  public CompletionStage<Optional<Position>> publish(Publication publication) {
    return bus.publish(publication);
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> publications, Fence fence) {
    return bus.publish(publications, fence);
  }

  @Override
  public void subscribe(Selector selector) {
    bus.subscribe(this, List.of(selector));
  }

  @Override
  public void subscribe(List<Selector> selectors) {
    bus.subscribe(this, selectors);
  }

  @Override
  public void unsubscribe(Selector selector) {
    bus.unsubscribe(this, List.of(selector));
  }

  @Override
  public void unsubscribe(List<Selector> selectors) {
    bus.unsubscribe(this, selectors);
  }

  @Override
  public State state() {
    return bus.state();
  }

  @Override
  public ChannelLog log() {
    return bus.log();
  }

  @Override
  public void close() {
    bus.end(this);
  }
}
