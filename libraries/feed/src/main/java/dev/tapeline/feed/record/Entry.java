package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;

/** An entry of a recording. */
public sealed interface Entry {

  /** When it arrived, epoch ms UTC. */
  long received();

  /** Something that arrived. */
  record Arrived(Arrival arrival) implements Entry {

    @Override
    public long received() {
      return arrival.received();
    }
  }

  /** Another conversation begins, whose session knows nothing of what arrived before. */
  record Begun(long received) implements Entry {}

  /**
   * A hole: arrivals that could not be recorded.
   *
   * @param from when the first of them arrived, epoch ms UTC
   * @param to when the last of them arrived, epoch ms UTC
   */
  record Lost(long count, long from, long to) implements Entry {

    @Override
    public long received() {
      return to;
    }
  }

  /**
   * Whether a conversation can't be continued without it: its begin, the list to watch, the begin
   * and the end of a socket, a hole.
   */
  default boolean isControl() {
    return switch (this) {
      case Arrived(Arrival arrival) -> isControl(arrival);
      case Begun _, Lost _ -> true;
    };
  }

  /** Whether a conversation can't be continued without the arrival. */
  static boolean isControl(Arrival arrival) {
    return switch (arrival) {
      case Arrival.Watch _, Arrival.Opened _, Arrival.Ended _ -> true;
      case Arrival.Time _,
          Arrival.Frame _,
          Arrival.Pinged _,
          Arrival.Answer _,
          Arrival.Unanswered _ ->
          false;
    };
  }
}
