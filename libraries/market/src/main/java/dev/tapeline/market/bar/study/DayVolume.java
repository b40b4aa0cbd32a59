package dev.tapeline.market.bar.study;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The volume of one instrument's trades: their quantities, or the growth of the volume of the day
 * where the vendor sends that, such as Dhan, which sends one of several trades at most but the
 * volume of all. Owned by one {@link InstrumentBars}.
 *
 * <p>The growth belongs to the trade that comes with it, whichever of the two comes first. The
 * volume of the day before may be told on in the morning; the first other one is of the new session
 * from its beginning. Within a session it never shrinks.
 */
final class DayVolume {

  /** Stands for no trade. */
  static final long NONE = Long.MAX_VALUE;

  private static final long NO_SESSION = Long.MIN_VALUE;

  private final BarCounts counts;
  private final boolean ofSession;
  private final boolean restarts;

  /** Whether the newest trade had no quantity. */
  private boolean lacksQuantity;

  private @Nullable BigDecimal told;
  private long session = NO_SESSION;

  /** The time of the newest trade, until the volume of the day that goes with it has come. */
  private long unpaid = NONE;

  /** The growth that came before its trade. */
  private BigDecimal owed = BigDecimal.ZERO;

  /** The quantity of the newest trade, if that counts itself. */
  private @Nullable BigDecimal own;

  /** The quantities of the session's trades that were counted themselves. */
  private BigDecimal summed = BigDecimal.ZERO;

  /** What was traded of the session before the first tick; null if that is not known. */
  private @Nullable BigDecimal unseen;

  /** What stored bars have of it; null before they were read. */
  private @Nullable BigDecimal stored;

  /**
   * @param ofSession whether the volume of the day is that of the session, and not that of the last
   *     24 hours
   * @param restarts whether a volume that falls begins anew, as its sessions are not known
   */
  DayVolume(BarCounts counts, boolean ofSession, boolean restarts) {
    this.counts = counts;
    this.ofSession = ofSession;
    this.restarts = restarts;
  }

  private boolean goesByDay() {
    return ofSession || lacksQuantity;
  }

  /** Takes a trade; returns what it adds to its bar; null if that is not known yet, or never. */
  @Nullable BigDecimal traded(long time, @Nullable BigDecimal quantity) {
    lacksQuantity = quantity == null;
    own = null;
    if (told != null && goesByDay()) {
      boolean isPaid = owed.signum() > 0;
      BigDecimal volume = isPaid ? owed : null;
      owed = BigDecimal.ZERO;
      unpaid = isPaid ? NONE : time;
      return volume;
    }
    unpaid = time;
    own = ofSession ? quantity : null;
    return quantity;
  }

  /** The trade has got its place, in its session. */
  void placed() {
    BigDecimal quantity = own;
    if (quantity != null) {
      summed = summed.add(quantity);
      own = null;
    }
  }

  /** Begins a session without a volume. */
  void startOver() {
    told = told == null ? null : BigDecimal.ZERO;
    session = NO_SESSION;
    unpaid = NONE;
    owed = BigDecimal.ZERO;
    sumAnew();
  }

  /** Begins a session whose trades are counted anew. */
  void sumAnew() {
    summed = BigDecimal.ZERO;
    unseen = null;
    stored = null;
  }

  /** Takes what stored bars have of the session. */
  void store(BigDecimal volume) {
    stored = volume;
  }

  /**
   * What was traded of the session between the stored bars and the first tick, once; null if that
   * is not known, or nothing.
   */
  @Nullable BigDecimal takeMissed() {
    BigDecimal before = unseen;
    BigDecimal kept = stored;
    if (before == null || kept == null) {
      return null;
    }
    unseen = null;
    stored = null;
    BigDecimal missed = before.subtract(kept);
    return missed.signum() > 0 ? missed : null;
  }

  /**
   * The time of the trade that the next growth belongs to; {@link #NONE} if it is still to come.
   */
  long unpaid() {
    return unpaid;
  }

  /**
   * Takes the volume of the day; returns what it adds to the bar of the {@link #unpaid} trade; null
   * if there is none, or it is not known.
   *
   * @param open when the session began in which it was told
   * @param seenWhole whether the session was seen from its beginning on
   */
  @Nullable BigDecimal told(BigDecimal volume, long open, boolean seenWhole) {
    if (!goesByDay()) {
      return null;
    }
    BigDecimal grown = grown(volume, open, seenWhole);
    if (grown == null) {
      unpaid = NONE;
    } else if (unpaid == NONE) {
      owed = owed.add(grown);
      return null;
    }
    return grown;
  }

  /** The trade has got its volume. */
  void paid() {
    unpaid = NONE;
  }

  private @Nullable BigDecimal grown(BigDecimal volume, long open, boolean seenWhole) {
    BigDecimal before = told;
    if (before == null) {
      told = volume;
      session = open;
      return firstTold(volume.subtract(summed).max(BigDecimal.ZERO), seenWhole);
    }
    if (open != session) {
      return firstOfSession(volume, before, open);
    }
    if (volume.compareTo(before) >= 0) {
      told = volume;
      return volume.subtract(before);
    }
    if (restarts) {
      told = volume;
      return volume;
    }
    counts.count(BarCounts.Reason.VOLUME_FELL);
    return BigDecimal.ZERO;
  }

  private @Nullable BigDecimal firstTold(BigDecimal before, boolean seenWhole) {
    unseen = seenWhole || !ofSession ? null : before;
    return seenWhole ? before : null;
  }

  private BigDecimal firstOfSession(BigDecimal volume, BigDecimal before, long open) {
    if (volume.compareTo(before) == 0) {
      return BigDecimal.ZERO; // still that of the session before
    }
    told = volume;
    session = open;
    return volume;
  }
}
