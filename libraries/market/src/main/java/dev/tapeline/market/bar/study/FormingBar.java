package dev.tapeline.market.bar.study;

/**
 * A bar that takes prices, and may do so after it was closed. Prices and volume are in units of the
 * instrument's {@link DecimalScale}. Mutable and reused; owned by one {@link InstrumentBars}.
 *
 * <p>Prices are in the order of their times, and with one time in the order in which they came: the
 * open is the earliest, the close the latest.
 */
final class FormingBar {

  // The time that it covers.
  long begin;
  long end;

  /** Whether it stands for a bar at all. */
  boolean active;

  // Prices, defined if there is one: a flat bar has prices, and the count 0.
  long open;
  long high;
  long low;
  long close;
  long openTime;
  long closeTime;
  long count;
  boolean flat;

  long volume;
  boolean hasVolume;

  /** Whether the volume is unknown, because its sum became too long. */
  boolean volumeLost;

  boolean partial;

  /** How often what it said before was corrected. */
  int revision;

  /** Whether it was told as closed. */
  boolean told;

  /** Whether it has changed since it was told as closed. */
  boolean amended;

  void begin(long from, long until, boolean isPartial) {
    begin = from;
    end = until;
    active = true;
    partial = isPartial;
    count = 0;
    flat = false;
    volume = 0;
    hasVolume = false;
    volumeLost = false;
    revision = 0;
    told = false;
    amended = false;
  }

  /** Whether it covers a time. */
  boolean covers(long millis) {
    return active && millis >= begin && millis < end;
  }

  /** Whether it has prices. */
  boolean isPriced() {
    return count > 0 || flat;
  }

  void add(long time, long price) {
    if (count == 0) {
      open = price;
      high = price;
      low = price;
      close = price;
      openTime = time;
      closeTime = time;
      flat = false;
    } else {
      high = Math.max(high, price);
      low = Math.min(low, price);
      if (time >= closeTime) {
        close = price;
        closeTime = time;
      } else if (time < openTime) {
        open = price;
        openTime = time;
        revision++;
      }
    }
    count++;
  }

  void addVolume(long units) {
    hasVolume = true;
    long sum = volume + units;
    if (((volume ^ sum) & (units ^ sum)) < 0) {
      volumeLost = true;
    } else {
      volume = sum;
    }
  }

  /** Makes it a bar without a trade, at the close of the one before. */
  void fill(long price, boolean withVolume) {
    open = price;
    high = price;
    low = price;
    close = price;
    openTime = begin;
    closeTime = begin;
    flat = true;
    hasVolume = withVolume;
  }

  /** Whether its prices go at least as far as those of another bar, and its open is among them. */
  boolean hasPricesOf(FormingBar other) {
    return low <= Math.min(other.low, open) && high >= Math.max(other.high, open);
  }

  /** Makes its prices go as far as those of another bar; returns whether that has changed it. */
  boolean widen(FormingBar other) {
    boolean changed = other.high > high || other.low < low;
    high = Math.max(high, other.high);
    low = Math.min(low, other.low);
    return changed;
  }

  /** Takes the first price of its time; returns whether that has changed it. */
  boolean openAt(long time, long price) {
    boolean changed = open != price;
    open = price;
    openTime = time;
    revision += changed ? 1 : 0;
    return changed;
  }

  /** Takes over the prices and the volume of another bar, of a part of this one's time. */
  void fold(FormingBar part) {
    if (part.count > 0) {
      foldPrices(part);
    }
    if (part.hasVolume) {
      addVolume(part.volume);
    }
    volumeLost |= part.volumeLost;
  }

  private void foldPrices(FormingBar part) {
    if (count == 0) {
      copyPrices(part);
      revision += part.revision;
    } else {
      high = Math.max(high, part.high);
      low = Math.min(low, part.low);
      if (part.closeTime >= closeTime) {
        close = part.close;
        closeTime = part.closeTime;
      }
      if (part.openTime < openTime) {
        open = part.open;
        openTime = part.openTime;
      }
      count += part.count;
    }
  }

  private void copyPrices(FormingBar other) {
    open = other.open;
    high = other.high;
    low = other.low;
    close = other.close;
    openTime = other.openTime;
    closeTime = other.closeTime;
    count = other.count;
    flat = other.flat;
  }

  void copy(FormingBar other) {
    begin(other.begin, other.end, other.partial);
    copyPrices(other);
    volume = other.volume;
    hasVolume = other.hasVolume;
    volumeLost = other.volumeLost;
    revision = other.revision;
  }

  /** Whether its prices fit into units that are finer by so many decimal places. */
  boolean pricesFit(int places) {
    return !active
        || !isPriced()
        || (DecimalScale.fits(high, places) && DecimalScale.fits(low, places));
  }

  void refinePrices(int places) {
    if (active && isPriced()) {
      open = DecimalScale.refined(open, places);
      high = DecimalScale.refined(high, places);
      low = DecimalScale.refined(low, places);
      close = DecimalScale.refined(close, places);
    }
  }

  /** Brings the volume to finer units; where it does not fit, it is unknown from then on. */
  void refineVolume(int places) {
    if (!active || volume == 0) {
      return;
    }
    if (DecimalScale.fits(volume, places)) {
      volume = DecimalScale.refined(volume, places);
    } else {
      volumeLost = true;
    }
  }
}
