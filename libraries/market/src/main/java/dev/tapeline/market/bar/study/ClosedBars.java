package dev.tapeline.market.bar.study;

import java.util.Arrays;

/**
 * The newest closed bars of one frame, in order of time, in primitive arrays that grow up to a
 * limit; then the oldest goes. Prices and volumes are in units of the instrument. Owned by one
 * {@link InstrumentBars}.
 */
final class ClosedBars {

  private static final int FIRST_SIZE = 16;
  private static final int PARTIAL = 1;
  private static final int HAS_VOLUME = 2;
  private static final int VOLUME_LOST = 4;
  private static final int FLAT = 8;

  private final int limit;
  private int size;
  private long[] times = new long[0];
  private long[] opens = new long[0];
  private long[] highs = new long[0];
  private long[] lows = new long[0];
  private long[] closes = new long[0];
  private long[] volumes = new long[0];
  private int[] counts = new int[0];
  private byte[] flags = new byte[0];

  /** The index of the oldest bar. */
  private int first;

  /** Whether a bar was dropped for lack of room. */
  private boolean hasDropped;

  ClosedBars(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  long oldestTime() {
    return times[first];
  }

  boolean hasDropped() {
    return hasDropped;
  }

  /** Keeps a bar, in the place of the one of its time if there is one. */
  void put(FormingBar bar) {
    int place = size;
    while (place > 0 && times[at(place - 1)] > bar.begin) {
      place--;
    }
    if (place > 0 && times[at(place - 1)] == bar.begin) {
      write(at(place - 1), bar);
    } else {
      insert(place, bar);
    }
  }

  private int at(int place) {
    int index = first + place;
    return index < times.length ? index : index - times.length;
  }

  private void insert(int place, FormingBar bar) {
    int target = place;
    if (size == limit) {
      hasDropped = true;
      if (place == 0) {
        return;
      }
      first = at(1);
      size--;
      target--;
    } else if (size == times.length) {
      grow();
    }
    for (int i = size; i > target; i--) {
      move(at(i - 1), at(i));
    }
    size++;
    write(at(target), bar);
  }

  /** Makes room; it grows before the first bar goes, so that the oldest is at the begin. */
  private void grow() {
    int room = Math.min(limit, Math.max(FIRST_SIZE, 2 * times.length));
    times = Arrays.copyOf(times, room);
    opens = Arrays.copyOf(opens, room);
    highs = Arrays.copyOf(highs, room);
    lows = Arrays.copyOf(lows, room);
    closes = Arrays.copyOf(closes, room);
    volumes = Arrays.copyOf(volumes, room);
    counts = Arrays.copyOf(counts, room);
    flags = Arrays.copyOf(flags, room);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    opens[to] = opens[from];
    highs[to] = highs[from];
    lows[to] = lows[from];
    closes[to] = closes[from];
    volumes[to] = volumes[from];
    counts[to] = counts[from];
    flags[to] = flags[from];
  }

  private void write(int index, FormingBar bar) {
    times[index] = bar.begin;
    opens[index] = bar.open;
    highs[index] = bar.high;
    lows[index] = bar.low;
    closes[index] = bar.close;
    volumes[index] = bar.volume;
    counts[index] = (int) Math.min(Integer.MAX_VALUE, bar.count);
    flags[index] =
        (byte)
            ((bar.partial ? PARTIAL : 0)
                | (bar.hasVolume ? HAS_VOLUME : 0)
                | (bar.volumeLost ? VOLUME_LOST : 0)
                | (bar.flat ? FLAT : 0));
  }

  /** Folds the bars that begin in a time into a bar. */
  void foldInto(FormingBar target, long from, long until, FormingBar scratch) {
    for (int place = 0; place < size; place++) {
      long time = times[at(place)];
      if (time >= from && time < until) {
        read(at(place), scratch);
        target.fold(scratch);
      }
    }
  }

  private void read(int index, FormingBar bar) {
    bar.begin(times[index], times[index], (flags[index] & PARTIAL) != 0);
    bar.open = opens[index];
    bar.high = highs[index];
    bar.low = lows[index];
    bar.close = closes[index];
    bar.openTime = times[index];
    bar.closeTime = times[index];
    bar.count = counts[index];
    bar.flat = (flags[index] & FLAT) != 0;
    bar.volume = volumes[index];
    bar.hasVolume = (flags[index] & HAS_VOLUME) != 0;
    bar.volumeLost = (flags[index] & VOLUME_LOST) != 0;
  }

  boolean pricesFit(int places) {
    for (int place = 0; place < size; place++) {
      int index = at(place);
      if (!DecimalScale.fits(highs[index], places)) {
        return false;
      }
    }
    return true;
  }

  void refinePrices(int places) {
    for (int place = 0; place < size; place++) {
      int index = at(place);
      opens[index] = DecimalScale.refined(opens[index], places);
      highs[index] = DecimalScale.refined(highs[index], places);
      lows[index] = DecimalScale.refined(lows[index], places);
      closes[index] = DecimalScale.refined(closes[index], places);
    }
  }

  void refineVolumes(int places) {
    for (int place = 0; place < size; place++) {
      int index = at(place);
      if (DecimalScale.fits(volumes[index], places)) {
        volumes[index] = DecimalScale.refined(volumes[index], places);
      } else {
        flags[index] |= VOLUME_LOST;
      }
    }
  }
}
