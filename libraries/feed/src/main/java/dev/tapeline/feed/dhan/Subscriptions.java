package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.market.instrument.Instrument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The subscriptions of one socket. What is wanted is the truth: what was sent is brought to it by
 * messages of some instruments each, with a pause between them, and anew after each opening. Owned
 * by the thread of its feed.
 */
final class Subscriptions {

  private static final Comparator<Change> ORDER =
      Comparator.<Change>comparingInt(change -> change.subscribes() ? 1 : 0)
          .thenComparingInt(Change::code)
          .thenComparing(change -> change.instrument().key());

  private final Dialect dialect;
  private final long pause;
  private final Map<Instrument, FeedMode> wanted = new HashMap<>();
  private final Map<Instrument, FeedMode> sent = new HashMap<>();
  private final Deque<Change> due = new ArrayDeque<>();
  private long next;

  private record Change(boolean subscribes, int code, Instrument instrument, FeedMode mode) {}

  /**
   * @param pause between two messages, in ms
   */
  Subscriptions(Dialect dialect, long pause) {
    this.dialect = dialect;
    this.pause = pause;
  }

  void want(Map<Instrument, FeedMode> modes) {
    wanted.clear();
    wanted.putAll(modes);
    plan();
  }

  /** Begins anew, as nothing is subscribed on a new socket. */
  void reset(long now) {
    next = now;
    sent.clear();
    plan();
  }

  private void plan() {
    List<Change> changes = new ArrayList<>();
    sent.forEach((instrument, mode) -> {
      if (wanted.get(instrument) != mode) {
        changes.add(new Change(false, dialect.unsubscribe(mode), instrument, mode));
      }
    });
    wanted.forEach((instrument, mode) -> {
      if (sent.get(instrument) != mode) {
        changes.add(new Change(true, dialect.subscribe(mode), instrument, mode));
      }
    });
    changes.sort(ORDER);
    due.clear();
    due.addAll(changes);
  }

  /**
   * Sends what is due by now.
   *
   * @param send takes a message
   * @return the instruments that are newly subscribed
   */
  List<Instrument> send(long now, Consumer<String> send) {
    if (due.isEmpty()) {
      return List.of();
    }
    List<Instrument> subscribed = new ArrayList<>();
    next = Math.max(next, now - 5 * pause); // catches up a little, not more
    while (!due.isEmpty() && next <= now) {
      send.accept(message(subscribed));
      next += pause;
    }
    return subscribed;
  }

  private String message(List<Instrument> subscribed) {
    int code = due.getFirst().code();
    List<Instrument> batch = new ArrayList<>();
    while (!due.isEmpty() && due.getFirst().code() == code && batch.size() < dialect.batch()) {
      Change change = due.removeFirst();
      batch.add(change.instrument());
      if (change.subscribes()) {
        sent.put(change.instrument(), change.mode());
        subscribed.add(change.instrument());
      } else {
        sent.remove(change.instrument(), change.mode());
      }
    }
    return dialect.message(code, batch);
  }

  /** Whether all that is wanted was sent. */
  boolean isSent() {
    return due.isEmpty() && !sent.isEmpty();
  }

  Map<Instrument, FeedMode> wanted() {
    return wanted;
  }

  Map<Instrument, FeedMode> sent() {
    return sent;
  }
}
