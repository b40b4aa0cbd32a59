package dev.tapeline.redis.receive;

import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The subscriptions that wait for an answer of one partition. They outlive the connection: the next
 * one asks again. Owned by the thread that delivers.
 */
final class PendingStarts {

  private static final int NAMES_A_CALL = 200;
  private static final int PATTERNS_A_CALL = 100;

  /** Asks for the tops of channels, and reads what is missing of those that differ. */
  interface Tops {

    /**
     * Asks for some channels, or for all.
     *
     * @param args channels; or, for all of the partition, nothing or patterns
     * @param then is called when the answer has been compared
     */
    void ask(List<String> args, boolean whole, Consumer<Broadcast> then);
  }

  private final ChannelOffsets offsets;
  private final LivePatterns livePatterns;
  private final Delivery delivery;
  private final Tops tops;
  private final Map<String, PendingStart> byName = new HashMap<>();
  private final Map<BusSubscription, PendingStart> byPattern = new LinkedHashMap<>();

  PendingStarts(ChannelOffsets offsets, LivePatterns livePatterns, Delivery delivery, Tops tops) {
    this.offsets = offsets;
    this.livePatterns = livePatterns;
    this.delivery = delivery;
    this.tops = tops;
  }

  boolean isEmpty() {
    return byName.isEmpty() && byPattern.isEmpty();
  }

  boolean awaits(String channel) {
    return byName.containsKey(channel);
  }

  void clear() {
    byName.clear();
    byPattern.clear();
  }

  void add(Map<String, PendingStart> channels, List<PendingStart> patterns) {
    byName.putAll(channels);
    patterns.forEach(pattern -> byPattern.put(pattern.subscription(), pattern));
  }

  void remove(BusSubscription subscription) {
    byName.computeIfPresent(
        subscription.selector().text(), (_, it) -> it.subscription() == subscription ? null : it);
    byPattern.remove(subscription);
  }

  /**
   * Asks for all pending subscriptions. Returns whether all channels of the partition were asked
   * for, as patterns need.
   */
  boolean askAgain() {
    boolean all = !byPattern.isEmpty() || !livePatterns.isEmpty();
    askForNames(List.copyOf(byName.values()));
    if (all) {
      askForAll(byPattern.values());
    }
    return all;
  }

  /** Asks for some pending subscriptions. */
  void ask(Map<String, PendingStart> channels, List<PendingStart> patterns) {
    askForNames(List.copyOf(channels.values()));
    if (!patterns.isEmpty()) {
      askForAll(patterns);
    }
  }

  private void askForNames(List<PendingStart> some) {
    for (int from = 0; from < some.size(); from += NAMES_A_CALL) {
      Map<String, PendingStart> asked = new HashMap<>();
      some.subList(from, Math.min(some.size(), from + NAMES_A_CALL))
          .forEach(one -> asked.put(one.subscription().selector().text(), one));
      tops.ask(
          List.copyOf(asked.keySet()),
          false,
          broadcast -> {
            for (Broadcast.Item item : broadcast.items()) {
              PendingStart start = asked.get(item.channel());
              if (start != null && byName.get(item.channel()) == start) {
                beginName(start, item);
              }
            }
          });
    }
  }

  private void beginName(PendingStart start, Broadcast.Item item) {
    ChannelOffset offset = offsets.from(item.channel(), item.epoch(), item.seq());
    offset.whenEven(() -> {
      if (byName.remove(item.channel(), start) && start.subscription().isWanted()) {
        boolean there = item.hasEntry() && offset.position().equals(item.position());
        Publication newest = there ? item.publication() : null;
        delivery.tell(offset, newest);
        start.answered(
            newest == null ? List.of() : List.of(new PendingStart.Newest(offset, newest)));
      }
    });
  }

  /** Asks at least once, also for no pattern. */
  private void askForAll(Collection<PendingStart> patterns) {
    List<PendingStart> some = List.copyOf(patterns);
    int from = 0;
    do {
      int to = Math.min(some.size(), from + PATTERNS_A_CALL);
      askTogether(some.subList(from, to));
      from = to;
    } while (from < some.size());
  }

  /**
   * Asks for some patterns in one call. Newest publications are needed only for patterns that are
   * not live yet.
   */
  private void askTogether(List<PendingStart> asked) {
    List<String> uncovered =
        asked.stream()
            .map(PendingStart::subscription)
            .filter(subscription -> !livePatterns.contains(subscription))
            .map(subscription -> subscription.selector().text())
            .toList();
    tops.ask(
        uncovered,
        true,
        broadcast -> {
          for (PendingStart start : asked) {
            if (byPattern.remove(start.subscription(), start) && start.subscription().isWanted()) {
              start.answered(shared(start.subscription(), broadcast));
            }
          }
        });
  }

  private List<PendingStart.Newest> shared(BusSubscription pattern, Broadcast broadcast) {
    Selector selector = pattern.selector();
    List<PendingStart.Newest> newest = new ArrayList<>();
    for (Broadcast.Item item : broadcast.items()) {
      if (selector.matches(item.channel())) {
        ChannelOffset offset = offsets.from(item.channel(), item.epoch(), item.seq());
        if (item.hasEntry() && offset.position().equals(item.position())) {
          newest.add(new PendingStart.Newest(offset, item.publication()));
        }
      }
    }
    livePatterns.add(pattern);
    return newest;
  }
}
