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
 * The interests that wait for an answer of one partition. They outlive the connection: on the next
 * one it is asked again. Owned by the thread that delivers.
 */
final class Beginnings {

  private static final int NAMES_A_CALL = 200;
  private static final int PATTERNS_A_CALL = 100;

  /** Asks where channels stand, and reads what is missing of those that stand elsewhere. */
  interface Tops {

    /**
     * Asks for some channels, or for all.
     *
     * @param args channels; or, for all of the partition, nothing or patterns
     * @param then is called when the answer has been compared
     */
    void ask(List<String> args, boolean whole, Consumer<Bulletin> then);
  }

  private final Tracks tracks;
  private final Coverage coverage;
  private final Delivery delivery;
  private final Tops tops;
  private final Map<String, Beginning> byName = new HashMap<>();
  private final Map<Interest, Beginning> byPattern = new LinkedHashMap<>();

  Beginnings(Tracks tracks, Coverage coverage, Delivery delivery, Tops tops) {
    this.tracks = tracks;
    this.coverage = coverage;
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

  void add(Map<String, Beginning> channels, List<Beginning> patterns) {
    byName.putAll(channels);
    patterns.forEach(pattern -> byPattern.put(pattern.interest(), pattern));
  }

  void remove(Interest interest) {
    byName.computeIfPresent(
        interest.selector().text(), (_, it) -> it.interest() == interest ? null : it);
    byPattern.remove(interest);
  }

  /** Asks for all that wait; whether for all channels of the partition, as for patterns. */
  boolean askAgain() {
    boolean all = !byPattern.isEmpty() || !coverage.isEmpty();
    askForNames(List.copyOf(byName.values()));
    if (all) {
      askForAll(byPattern.values());
    }
    return all;
  }

  /** Asks for some that wait. */
  void ask(Map<String, Beginning> channels, List<Beginning> patterns) {
    askForNames(List.copyOf(channels.values()));
    if (!patterns.isEmpty()) {
      askForAll(patterns);
    }
  }

  private void askForNames(List<Beginning> some) {
    for (int from = 0; from < some.size(); from += NAMES_A_CALL) {
      Map<String, Beginning> asked = new HashMap<>();
      some.subList(from, Math.min(some.size(), from + NAMES_A_CALL))
          .forEach(one -> asked.put(one.interest().selector().text(), one));
      tops.ask(
          List.copyOf(asked.keySet()),
          false,
          bulletin -> {
            for (Bulletin.Item item : bulletin.items()) {
              Beginning beginning = asked.get(item.channel());
              if (beginning != null && byName.get(item.channel()) == beginning) {
                beginName(beginning, item);
              }
            }
          });
    }
  }

  private void beginName(Beginning beginning, Bulletin.Item item) {
    Track track = tracks.from(item.channel(), item.epoch(), item.seq());
    track.whenEven(() -> {
      if (byName.remove(item.channel(), beginning) && beginning.interest().isWanted()) {
        boolean there = item.hasEntry() && track.position().equals(item.position());
        Publication newest = there ? item.publication() : null;
        delivery.tell(track, newest);
        beginning.answered(
            newest == null ? List.of() : List.of(new Beginning.Newest(track, newest)));
      }
    });
  }

  /** Asks once at least. */
  private void askForAll(Collection<Beginning> patterns) {
    List<Beginning> some = List.copyOf(patterns);
    int from = 0;
    do {
      int to = Math.min(some.size(), from + PATTERNS_A_CALL);
      askTogether(some.subList(from, to));
      from = to;
    } while (from < some.size());
  }

  /** Of patterns that were covered before, what is newest is known or being read. */
  private void askTogether(List<Beginning> asked) {
    List<String> uncovered =
        asked.stream()
            .map(Beginning::interest)
            .filter(interest -> !coverage.contains(interest))
            .map(interest -> interest.selector().text())
            .toList();
    tops.ask(
        uncovered,
        true,
        bulletin -> {
          for (Beginning beginning : asked) {
            if (byPattern.remove(beginning.interest(), beginning)
                && beginning.interest().isWanted()) {
              beginning.answered(cover(beginning.interest(), bulletin));
            }
          }
        });
  }

  private List<Beginning.Newest> cover(Interest pattern, Bulletin bulletin) {
    Selector selector = pattern.selector();
    List<Beginning.Newest> newest = new ArrayList<>();
    for (Bulletin.Item item : bulletin.items()) {
      if (selector.matches(item.channel())) {
        Track track = tracks.from(item.channel(), item.epoch(), item.seq());
        if (item.hasEntry() && track.position().equals(item.position())) {
          newest.add(new Beginning.Newest(track, item.publication()));
        }
      }
    }
    coverage.add(pattern);
    return newest;
  }
}
