package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a conversation as its arrivals tell it: the list to watch, and the sockets that are
 * open. Owned by one thread.
 */
final class Conversation {

  /** More sockets than any vendor allows. */
  static final int MAX_SOCKETS = 1_000;

  private final Map<String, Arrival.Opened> open = new LinkedHashMap<>();
  private Arrival.@Nullable Watch watch;

  void take(Entry entry) {
    switch (entry) {
      case Entry.Arrived(Arrival arrival) -> take(arrival);
      case Entry.Begun _ -> clear();
      case Entry.Lost _ -> {}
    }
  }

  private void take(Arrival arrival) {
    switch (arrival) {
      case Arrival.Watch list -> watch = list;
      case Arrival.Opened opened -> {
        open.remove(opened.socket());
        if (open.size() < MAX_SOCKETS) {
          open.put(opened.socket(), opened);
        }
      }
      case Arrival.Ended ended -> open.remove(ended.socket());
      case Arrival.Time _,
          Arrival.Frame _,
          Arrival.Pinged _,
          Arrival.Answer _,
          Arrival.Unanswered _ -> {}
    }
  }

  /** The arrivals that lead to this state. */
  List<Arrival> restated() {
    List<Arrival> arrivals = new ArrayList<>();
    if (watch != null) {
      arrivals.add(watch);
    }
    arrivals.addAll(open.values());
    return arrivals;
  }

  void clear() {
    watch = null;
    open.clear();
  }
}
