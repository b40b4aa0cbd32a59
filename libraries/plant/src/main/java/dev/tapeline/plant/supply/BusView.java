package dev.tapeline.plant.supply;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One listener's side of a {@link SharedBus}: its listener and what it has subscribed. The methods
 * that are not of {@link Bus} are called under the lock of the shared bus.
 */
final class BusView implements Bus {

  private final SharedBus bus;
  private final Map<String, Subscribed> names = new HashMap<>();
  private final PatternIndex<Subscribed> patterns = new PatternIndex<>();
  private Listener listener = Listener.DEAF;

  BusView(SharedBus bus) {
    this.bus = bus;
  }

  /** One selector of the view. */
  private static final class Subscribed {

    private boolean begun;
    private boolean awaited = true;

    private boolean hasBegun() {
      return begun;
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
    switch (selector) {
      case Channel(String name) -> names.put(name, new Subscribed());
      case Pattern pattern -> patterns.put(pattern, new Subscribed());
    }
    return true;
  }

  /** Removes a selector; false if it is not there. */
  boolean remove(Selector selector) {
    return switch (selector) {
      case Channel(String name) -> names.remove(name) != null;
      case Pattern pattern -> patterns.remove(pattern) != null;
    };
  }

  private @Nullable Subscribed find(Selector selector) {
    return switch (selector) {
      case Channel(String name) -> names.get(name);
      case Pattern pattern -> patterns.get(pattern);
    };
  }

  /** Notes that a selector delivers; true if the listener is to hear of it. */
  boolean confirm(Selector selector) {
    Subscribed subscribed = find(selector);
    if (subscribed == null || !subscribed.awaited) {
      return false;
    }
    subscribed.awaited = false;
    subscribed.begun = true;
    return true;
  }

  /** The bus is down: each selector is confirmed again when it is back. */
  void expire() {
    names.values().forEach(subscribed -> subscribed.awaited = true);
    patterns.values().forEach(subscribed -> subscribed.awaited = true);
  }

  /**
   * Whether the listener is to have what is on a channel.
   *
   * @param early also by a selector that was not confirmed yet
   */
  boolean takes(String channel, boolean early) {
    Subscribed named = names.get(channel);
    if (named != null && (early || named.begun)) {
      return true;
    }
    return early ? patterns.matches(channel) : patterns.anyMatch(channel, Subscribed::hasBegun);
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
