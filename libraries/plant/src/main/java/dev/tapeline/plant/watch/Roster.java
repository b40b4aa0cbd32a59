package dev.tapeline.plant.watch;

import dev.tapeline.feed.Detail;
import dev.tapeline.market.instrument.Instrument;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The instruments that a source watches, up to a limit, and behind them those that wait for room,
 * in the order in which they came. Owned by the thread that plans.
 */
final class Roster {

  private final int limit;
  private final Map<Instrument, Detail> watched = new HashMap<>();
  private final Map<Instrument, Detail> waiting = new LinkedHashMap<>();
  private boolean changed;

  Roster(int limit) {
    this.limit = limit;
  }

  /** Adds an instrument, behind those that wait; one that is here keeps its place. */
  void put(Instrument instrument, Detail detail) {
    if (watched.containsKey(instrument) || (waiting.isEmpty() && hasRoom())) {
      changed |= watched.put(instrument, detail) != detail;
    } else {
      waiting.put(instrument, detail);
    }
  }

  void remove(Instrument instrument) {
    if (watched.remove(instrument) == null) {
      waiting.remove(instrument);
    } else {
      changed = true;
    }
  }

  /** Gives the place of an instrument to another description of it. */
  void replace(Instrument before, Instrument now, Detail detail) {
    if (!before.equals(now) && watched.remove(before) != null) {
      watched.put(now, detail);
      changed = true;
      return;
    }
    if (!before.equals(now)) {
      waiting.remove(before);
    }
    put(now, detail);
  }

  private boolean hasRoom() {
    return watched.size() < limit;
  }

  /** Gives the room that has become free to those that wait. */
  void fill() {
    while (hasRoom() && !waiting.isEmpty()) {
      Map.Entry<Instrument, Detail> first = waiting.entrySet().iterator().next();
      waiting.remove(first.getKey());
      watched.put(first.getKey(), first.getValue());
      changed = true;
    }
  }

  /** What is watched; changes later. */
  Map<Instrument, Detail> watched() {
    return watched;
  }

  /** How many instruments have no room. */
  int refused() {
    return waiting.size();
  }

  /** Whether another set is watched than at the last call. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
