package dev.tapeline.redis;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.log.DurableLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what a bus's listener is told of durable channels while it is told it. */
public final class DurableLaw implements Bus.Listener {

  private final Map<String, Position> held = new HashMap<>();
  private final Map<String, Long> texts = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private final List<String> subscribed = new ArrayList<>();
  private final List<Position> epochs = new ArrayList<>();
  private final List<Bus.State> states = new ArrayList<>();
  private long delivered;

  @Override
  public synchronized void onSubscribed(Selector selector, List<Publication> last) {
    subscribed.add(selector.text());
  }

  @Override
  public synchronized void onPublication(Publication publication) {
    Position at = publication.position();
    Position before = held.put(publication.channel(), at);
    if (before != null && !before.epoch().equals(at.epoch())) {
      broken.add("%s: %s after %s without a word".formatted(publication.channel(), at, before));
    } else if (before != null && at.seq() != before.seq() + 1) {
      broken.add("%s: %s after %s".formatted(publication.channel(), at, before));
    }
    checkOrder(publication);
    delivered++;
  }

  /** Whatever epochs there are, numbers of a load come as they were published. */
  private void checkOrder(Publication publication) {
    if (publication.text().startsWith(DurableLoad.MARK)) {
      long number = Long.parseLong(publication.text().substring(DurableLoad.MARK.length()));
      Long before = texts.put(publication.channel(), number);
      if (before != null && number <= before) {
        broken.add("%s: text %d after %d".formatted(publication.channel(), number, before));
      }
    }
  }

  @Override
  public synchronized void onPosition(
      String channel, Position position, @Nullable Publication newest) {
    Position before = held.put(channel, position);
    if (before != null && before.epoch().equals(position.epoch()) && !before.equals(position)) {
      broken.add("%s: told %s after %s".formatted(channel, position, before));
    }
    if (before == null || !before.epoch().equals(position.epoch())) {
      epochs.add(position);
    }
  }

  @Override
  public synchronized void onState(Bus.State state) {
    states.add(state);
  }

  /** What was told that must not be. */
  public synchronized List<String> broken() {
    return List.copyOf(broken);
  }

  public synchronized int subscribed() {
    return subscribed.size();
  }

  public synchronized long delivered() {
    return delivered;
  }

  /** How many epochs were told of. */
  public synchronized int epochs() {
    return epochs.size();
  }

  public synchronized List<Bus.State> states() {
    return List.copyOf(states);
  }

  public synchronized @Nullable Position held(String channel) {
    return held.get(channel);
  }

  /** Whether the channel was told to be in another epoch. */
  synchronized boolean leftEpoch(String channel, String epoch) {
    Position at = held.get(channel);
    return at != null && !epoch.equals(at.epoch());
  }

  public synchronized boolean stands(String channel, Position position) {
    return position.equals(held.get(channel));
  }
}
