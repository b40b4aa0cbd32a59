package dev.tapeline.server.backfill;

import dev.tapeline.market.instrument.Instrument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instruments whose present session is to be completed, because their source has come up or
 * they are newly watched: those that were wanted last come first. Safe for all threads.
 */
final class CatchUp {

  /** The vendor has a minute some 20 s after it has ended. */
  private static final long FIRST_MILLIS = 25_000;

  /** Then the minute in which the source came up is over, and known to the vendor. */
  private static final long SECOND_MILLIS = 120_000;

  private static final int MOST = 2_000;

  private final Deque<Instrument> due = new ArrayDeque<>();
  private final Deque<Long> passes = new ArrayDeque<>();
  private Set<Instrument> watched = new LinkedHashSet<>();
  private List<Instrument> fresh = new ArrayList<>();
  private long freshDue;
  private boolean up;

  /** These are watched from now on, and no others. */
  synchronized void watch(Set<Instrument> instruments, long now) {
    Set<Instrument> next = new LinkedHashSet<>();
    watched.stream().filter(instruments::contains).forEach(next::add);
    instruments.stream().filter(one -> !watched.contains(one)).forEach(fresh::add);
    next.addAll(instruments);
    watched = next;
    freshDue = now + FIRST_MILLIS;
  }

  /** The source is up now, or it is not. */
  synchronized void heard(boolean isUp, long now) {
    if (isUp && !up) {
      passes.clear();
      passes.add(now + FIRST_MILLIS);
      passes.add(now + SECOND_MILLIS);
    }
    up = isUp;
  }

  /** The next one; null if none is due. */
  synchronized @Nullable Instrument next(long now) {
    if (!up) {
      return null;
    }
    Long pass = passes.peekFirst();
    if (pass != null && pass <= now) {
      passes.removeFirst();
      due.clear();
      add(List.copyOf(watched));
      fresh = new ArrayList<>();
    } else if (!fresh.isEmpty() && freshDue <= now) {
      add(fresh);
      fresh = new ArrayList<>();
    }
    return due.pollFirst();
  }

  private void add(List<Instrument> more) {
    int skipped = Math.max(0, more.size() - MOST);
    more.subList(skipped, more.size()).forEach(due::addFirst);
  }

  /** The number of instruments that are due. */
  synchronized int size() {
    return due.size();
  }
}
