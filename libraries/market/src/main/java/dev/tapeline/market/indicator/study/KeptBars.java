package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.indicator.BarValues;
import dev.tapeline.market.indicator.SessionTotals;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The newest closed bars of one series, by their time, in primitive arrays; what the older ones add
 * up to is kept too. Owned by one {@link IndicatorSeries}.
 */
final class KeptBars {

  /** Nothing has changed. */
  static final int UNCHANGED = -1;

  private static final int FIRST_SIZE = 16;
  private static final byte HAS_VOLUME = 1;
  private static final byte PARTIAL = 2;

  private int size;
  private long[] times = new long[0];
  private long[] sessions = new long[0];
  private double[] opens = new double[0];
  private double[] highs = new double[0];
  private double[] lows = new double[0];
  private double[] closes = new double[0];
  private double[] volumes = new double[0];
  private byte[] flags = new byte[0];
  private int[] revisions = new int[0];

  /** What the bars that are gone add up to. */
  private final SessionTotals gone = new SessionTotals();

  private boolean anyGone;
  private final BarValues scratch = new BarValues();

  /** How often anything but a new last bar came. */
  private int changes;

  int size() {
    return size;
  }

  int room() {
    return times.length;
  }

  int changes() {
    return changes;
  }

  long time(int place) {
    return times[place];
  }

  int revision(int place) {
    return revisions[place];
  }

  /** What all bars add up to that were kept before the present ones. */
  SessionTotals gone() {
    return gone;
  }

  /** Whether bars went to make room for newer ones. */
  boolean hasDropped() {
    return anyGone;
  }

  /** Whether a bar of this time is older than all bars here. */
  boolean isOlderThanAll(long time) {
    return size > 0 && time < times[0];
  }

  /** Whether a bar more needs more room than there is. */
  boolean isFull() {
    return size == times.length;
  }

  /** Makes room for more bars. */
  void grow(int limit) {
    resize(Math.min(limit, Math.max(FIRST_SIZE, 2 * times.length)));
  }

  /** The room that growing adds. */
  int growth(int limit) {
    return Math.min(limit, Math.max(FIRST_SIZE, 2 * times.length)) - times.length;
  }

  /** Drops the oldest bars beyond a limit, and their room. */
  void shrink(int limit) {
    while (size > limit) {
      dropOldest();
    }
    if (times.length > limit) {
      resize(limit);
    }
  }

  private void resize(int room) {
    times = Arrays.copyOf(times, room);
    sessions = Arrays.copyOf(sessions, room);
    opens = Arrays.copyOf(opens, room);
    highs = Arrays.copyOf(highs, room);
    lows = Arrays.copyOf(lows, room);
    closes = Arrays.copyOf(closes, room);
    volumes = Arrays.copyOf(volumes, room);
    flags = Arrays.copyOf(flags, room);
    revisions = Arrays.copyOf(revisions, room);
  }

  /** Drops the oldest bar. */
  void dropOldest() {
    read(0, scratch);
    gone.commit(scratch);
    anyGone = true;
    changes++;
    size--;
    move(1, 0, size);
  }

  private void move(int from, int to, int count) {
    System.arraycopy(times, from, times, to, count);
    System.arraycopy(sessions, from, sessions, to, count);
    System.arraycopy(opens, from, opens, to, count);
    System.arraycopy(highs, from, highs, to, count);
    System.arraycopy(lows, from, lows, to, count);
    System.arraycopy(closes, from, closes, to, count);
    System.arraycopy(volumes, from, volumes, to, count);
    System.arraycopy(flags, from, flags, to, count);
    System.arraycopy(revisions, from, revisions, to, count);
  }

  /** The place of the bar of a time; if there is none, the place before which it belongs. */
  int placeOf(long time) {
    int place = size;
    while (place > 0 && times[place - 1] >= time) {
      place--;
    }
    return place;
  }

  boolean has(int place, long time) {
    return place < size && times[place] == time;
  }

  /**
   * Writes a bar over the one at a place, and counts that all values from there on change.
   *
   * @return the place, or {@link #UNCHANGED} if it is the same bar
   */
  int replace(int place, Bar bar, long session) {
    if (isSame(place, bar, session)) {
      return UNCHANGED;
    }
    write(place, bar, session);
    changes++;
    reviseFrom(place);
    return place;
  }

  /** Inserts a bar before a place, for which there must be room. */
  void insert(int place, Bar bar, long session) {
    put(place, bar, session);
    reviseFrom(place + 1);
  }

  /** The same, but the values of the bars behind it are not counted as changed yet. */
  void put(int place, Bar bar, long session) {
    move(place, place + 1, size - place);
    size++;
    write(place, bar, session);
    revisions[place] = 0;
    if (place < size - 1) {
      changes++;
    }
  }

  /**
   * Puts a bar of the past into its place, for which there must be room; a bar that was seen whole
   * takes the place of a partial one.
   */
  void putPast(Bar bar, long session) {
    int place = placeOf(bar.time());
    if (!has(place, bar.time())) {
      put(place, bar, session);
    } else if ((flags[place] & PARTIAL) != 0 && !bar.state().partial()) {
      write(place, bar, session);
      changes++;
    }
  }

  /**
   * Adds a last bar that bars of a shorter frame make, for which there must be room.
   *
   * @param from the place of the first of them
   * @param until the place behind the last of them
   * @param time the begin of the bar
   */
  void addFold(KeptBars parts, int from, int until, long time) {
    int place = size++;
    times[place] = time;
    sessions[place] = parts.sessions[from];
    opens[place] = parts.opens[from];
    highs[place] = parts.highs[from];
    lows[place] = parts.lows[from];
    closes[place] = parts.closes[until - 1];
    volumes[place] = 0;
    flags[place] = parts.flags[from];
    revisions[place] = 0;
    for (int i = from; i < until; i++) {
      highs[place] = Math.max(highs[place], parts.highs[i]);
      lows[place] = Math.min(lows[place], parts.lows[i]);
      volumes[place] += parts.volumes[i];
    }
  }

  /** Counts that the values of all bars from a place on change. */
  void reviseFrom(int place) {
    for (int i = place; i < size; i++) {
      revisions[i]++;
    }
  }

  private boolean isSame(int place, Bar bar, long session) {
    return sessions[place] == session
        && flags[place] == flagsOf(bar)
        && opens[place] == bar.prices().open().doubleValue()
        && highs[place] == bar.prices().high().doubleValue()
        && lows[place] == bar.prices().low().doubleValue()
        && closes[place] == bar.prices().close().doubleValue()
        && volumes[place] == volumeOf(bar);
  }

  private void write(int place, Bar bar, long session) {
    times[place] = bar.time();
    sessions[place] = session;
    opens[place] = bar.prices().open().doubleValue();
    highs[place] = bar.prices().high().doubleValue();
    lows[place] = bar.prices().low().doubleValue();
    closes[place] = bar.prices().close().doubleValue();
    volumes[place] = volumeOf(bar);
    flags[place] = flagsOf(bar);
  }

  private static byte flagsOf(Bar bar) {
    return (byte) ((bar.volume() == null ? 0 : HAS_VOLUME) | (bar.state().partial() ? PARTIAL : 0));
  }

  private static double volumeOf(Bar bar) {
    BigDecimal volume = bar.volume();
    return volume == null ? 0 : volume.doubleValue();
  }

  /** Reads the bar at a place. */
  void read(int place, BarValues into) {
    into.prices(opens[place], highs[place], lows[place], closes[place]);
    if ((flags[place] & HAS_VOLUME) != 0) {
      into.volume(volumes[place]);
    }
    boolean partial = (flags[place] & PARTIAL) != 0;
    into.session(sessions[place], isWhole(place, times[place], sessions[place], partial));
  }

  /** Reads a bar that is still forming, behind the closed ones. */
  void read(Bar forming, long session, BarValues into) {
    into.prices(
        forming.prices().open().doubleValue(),
        forming.prices().high().doubleValue(),
        forming.prices().low().doubleValue(),
        forming.prices().close().doubleValue());
    if (forming.volume() != null) {
      into.volume(volumeOf(forming));
    }
    into.session(session, isWhole(size, forming.time(), session, forming.state().partial()));
  }

  /**
   * Whether a bar, if it is the first one of its session, is so because nothing was traded before:
   * either there are bars of the session before, or it is there from the open on.
   */
  private boolean isWhole(int place, long time, long session, boolean partial) {
    return !partial && (place > 0 || anyGone || time <= session);
  }
}
