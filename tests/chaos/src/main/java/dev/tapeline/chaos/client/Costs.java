package dev.tapeline.chaos.client;

import dev.tapeline.chaos.history.Event;
import java.util.HashMap;
import java.util.Map;

/** The costs of a schedule's faults for the clients. Safe for all threads. */
public final class Costs {

  /**
   * The sums of a schedule, or of many.
   *
   * @param awayMillis the sum of the times from a loss of a connection until data came again
   */
  public record Sums(
      long losses,
      long returns,
      long awayMillis,
      long longestAwayMillis,
      long recovered,
      long refused,
      long gaps,
      long epochs) {

    public static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0, 0);

    public Sums plus(Sums other) {
      return new Sums(
          losses + other.losses,
          returns + other.returns,
          awayMillis + other.awayMillis,
          Math.max(longestAwayMillis, other.longestAwayMillis),
          recovered + other.recovered,
          refused + other.refused,
          gaps + other.gaps,
          epochs + other.epochs);
    }
  }

  private final Map<String, Long> away = new HashMap<>();
  private Sums sums = Sums.NONE;

  private void add(Sums more) {
    sums = sums.plus(more);
  }

  synchronized void lost(String client, long millis) {
    away.putIfAbsent(client, millis);
    add(new Sums(1, 0, 0, 0, 0, 0, 0, 0));
  }

  /** Counts an event that a client saw. */
  synchronized void on(Event.Seen event, long millis) {
    switch (event) {
      case Event.Data e -> data(e.client(), millis);
      case Event.Merged e -> data(e.client(), millis);
      case Event.Gap e -> add(new Sums(0, 0, 0, 0, 0, 0, 1, 0));
      case Event.Epoch e -> add(new Sums(0, 0, 0, 0, 0, 0, 0, 1));
      case Event.Asked _, Event.Subscribed _, Event.Snapshot _, Event.Mode _ -> {
        // these cost nothing
      }
    }
  }

  private void data(String client, long millis) {
    Long since = away.remove(client);
    if (since != null) {
      add(new Sums(0, 1, millis - since, millis - since, 0, 0, 0, 0));
    }
  }

  /** Counts a recovery that was asked for on a channel with a log. */
  synchronized void recovery(boolean granted) {
    add(new Sums(0, 0, 0, 0, granted ? 1 : 0, granted ? 0 : 1, 0, 0));
  }

  public synchronized Sums sums() {
    return sums;
  }
}
