package dev.tapeline.feed.dhan;

import dev.tapeline.market.instrument.Instrument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Says which socket has which instrument. One that has a place keeps it as long as it is wanted;
 * others go to the first socket with room, indices first. Owned by the thread of its feed.
 */
final class SocketPlan {

  private static final Comparator<Instrument> ORDER =
      Comparator.<Instrument, Boolean>comparing(one -> !(one instanceof Instrument.Index))
          .thenComparing(Instrument::key);

  private final Map<Instrument, Integer> places = new HashMap<>();
  private final TreeMap<Integer, Integer> sizes = new TreeMap<>();
  private int left;

  /**
   * Plans anew.
   *
   * @param sockets the numbers of those that may be used
   * @param capacity how many instruments one can have
   */
  void plan(Set<Instrument> wanted, SortedSet<Integer> sockets, int capacity) {
    places.keySet().retainAll(wanted);
    places.values().retainAll(sockets);
    sizes.clear();
    places.values().forEach(socket -> sizes.merge(socket, 1, Integer::sum));
    shed(capacity);
    List<Instrument> homeless = new ArrayList<>(new HashSet<>(wanted));
    homeless.removeIf(places::containsKey);
    homeless.sort(ORDER);
    left = 0;
    for (Instrument instrument : homeless) {
      place(instrument, sockets, capacity);
    }
  }

  /** Takes away what is too much for a socket. */
  private void shed(int capacity) {
    if (sizes.values().stream().allMatch(size -> size <= capacity)) {
      return;
    }
    List<Instrument> last = new ArrayList<>(places.keySet());
    last.sort(ORDER.reversed());
    for (Instrument instrument : last) {
      int socket = places.getOrDefault(instrument, -1);
      if (sizes.getOrDefault(socket, 0) > capacity) {
        places.remove(instrument);
        sizes.merge(socket, -1, Integer::sum);
      }
    }
  }

  private void place(Instrument instrument, SortedSet<Integer> sockets, int capacity) {
    for (int socket : sockets) {
      if (sizes.getOrDefault(socket, 0) < capacity) {
        places.put(instrument, socket);
        sizes.merge(socket, 1, Integer::sum);
        return;
      }
    }
    left++;
  }

  /** The instruments of each socket that has some. */
  Map<Integer, List<Instrument>> bySocket() {
    Map<Integer, List<Instrument>> all = new TreeMap<>();
    places.forEach((instrument, socket) ->
        all.computeIfAbsent(socket, _ -> new ArrayList<>()).add(instrument));
    return all;
  }

  /** How many instruments have no place. */
  int left() {
    return left;
  }
}
