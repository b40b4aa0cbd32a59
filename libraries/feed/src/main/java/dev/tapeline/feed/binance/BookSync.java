package dev.tapeline.feed.binance;

import dev.tapeline.feed.binance.RisingNumber.Verdict;
import dev.tapeline.market.tick.Tick;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the book of one symbol in step with the exchange's, from its numbered changes and from
 * snapshots.
 *
 * <p>A snapshot is good if no change between it and the oldest one at hand is missing: Binance's
 * own rule, that the first change after it must span it, fails whenever the snapshot was taken
 * between two changes. While a snapshot is awaited, changes are kept. What was shown last stays
 * until the new book is complete, and is then replaced by it as a whole.
 *
 * <p>The book is given up and a snapshot wanted when a change was missed, when the book is crossed,
 * when it differs from the quotes, or when prices are beyond what the last snapshot covered. It is
 * kept while a snapshot is wanted because prices come near to the end of that.
 *
 * <p>A number that was misread, and far too high, is forgotten. As those who keep the book take
 * lower numbers for older ones, what is shown after it has higher numbers than the exchange's.
 * Owned by the thread of its feed.
 */
final class BookSync {

  /** What has become of a snapshot. */
  enum Outcome {
    /** The book is in step. */
    TAKEN,
    /** None was wanted, and the book is as new. */
    UNWANTED,
    /** Changes after it are missing. */
    TOO_OLD,
    /** With the changes after it, somebody bids what somebody asks, or a side isn't known. */
    IMPOSSIBLE
  }

  /** Why a book was given up, as in the kinds of faults. */
  enum Loss {
    /** A change was missed. */
    GAP,
    /** Somebody bids what somebody asks. */
    CROSSED,
    /** Its best prices are not those of the quotes. */
    QUOTE,
    /** Prices are beyond what the last snapshot covered. */
    RANGE,
    /** Its number was wrong, as nothing but lower ones came after it. */
    MISREAD
  }

  /**
   * How far a book was shown.
   *
   * @param lastId the exchange's number of the last change; 0 if nothing was shown
   * @param shift what is added to the exchange's numbers
   */
  record Shown(long lastId, long shift) {

    static final Shown NOTHING = new Shown(0, 0);
  }

  private final int count;
  private final Consumer<Loss> losses;
  private final ChangeBuffer buffer = new ChangeBuffer();
  private final BookCheck check = new BookCheck();
  private final RisingNumber newest = new RisingNumber(0);
  private @Nullable LocalBook book;
  private long lastId;
  private long shift;
  private boolean wanted = true;

  /**
   * @param count how many levels a side is to show at least
   * @param shown how far the book was shown before; no older book is shown after it, as receivers
   *     may still have the changes between
   * @param losses is told each time that the book is given up
   */
  BookSync(int count, Shown shown, Consumer<Loss> losses) {
    this.count = count;
    this.lastId = shown.lastId();
    this.shift = shown.shift();
    this.losses = losses;
  }

  /** Takes a change, and shows what comes of it. */
  void onChange(Tick.Depth change, Consumer<Tick> out) {
    if (newest.take(change.lastId(), change.times().received()) == Verdict.CORRECTING) {
      forget(change);
    }
    if (wanted) {
      buffer.add(change);
    }
    LocalBook current = book;
    if (current == null || change.lastId() <= current.lastId()) {
      return;
    }
    if (!current.isJoinedBy(change)) {
      lose(Loss.GAP);
      buffer.add(change);
      return;
    }
    Tick.Depth shown = current.apply(change);
    if (current.isCrossed() || current.isUnknown()) {
      lose(current.isCrossed() ? Loss.CROSSED : Loss.RANGE);
      buffer.add(change);
      return;
    }
    lastId = current.lastId();
    out.accept(shifted(current.isToBeShownAnew() ? current.show(change) : shown));
    check.onBook(current);
    wanted = wanted || current.isShort();
  }

  /** Forgets a number that was misread, and shows what comes next as newer than it. */
  private void forget(Tick.Depth change) {
    long truth = change.firstId() - 1;
    if (lastId > truth) {
      shift += lastId - truth;
      lastId = truth;
    }
    lose(Loss.MISREAD);
  }

  private Tick.Depth shifted(Tick.Depth depth) {
    return shift == 0 ? depth : depth.renumbered(shift);
  }

  /** Compares a quote with the book. */
  void onQuote(Tick.Quote quote) {
    if (check.compare(quote) && book != null) {
      lose(Loss.QUOTE);
    }
  }

  private void lose(Loss loss) {
    book = null;
    wanted = true;
    buffer.clear();
    check.clear();
    losses.accept(loss);
  }

  /**
   * Takes a snapshot.
   *
   * @param limit how many levels a side of it has at most
   */
  Outcome onSnapshot(Tick.Depth snapshot, int limit, Consumer<Tick> out) {
    if (!wanted && snapshot.lastId() <= lastId) {
      return Outcome.UNWANTED;
    }
    if (snapshot.lastId() < buffer.base(lastId)) {
      return Outcome.TOO_OLD;
    }
    LocalBook next = new LocalBook(snapshot, limit, count);
    buffer.forEach(change -> {
      if (change.lastId() > next.lastId()) {
        next.apply(change);
      }
    });
    if (next.lastId() < lastId) {
      return Outcome.TOO_OLD;
    }
    if (next.isCrossed() || next.isUnknown()) {
      return Outcome.IMPOSSIBLE;
    }
    book = next;
    lastId = next.lastId();
    wanted = next.isShort();
    buffer.clear();
    check.clear();
    out.accept(shifted(next.show(snapshot)));
    return Outcome.TAKEN;
  }

  /** How far the book was shown. */
  Shown shown() {
    return new Shown(lastId, shift);
  }

  /** Whether a snapshot is wanted. */
  boolean isSnapshotWanted() {
    return wanted;
  }

  /** Whether what is shown is the exchange's book as of the last change. */
  boolean isInStep() {
    return book != null;
  }

  /** Whether changes have come that a snapshot can be completed with. */
  boolean hasChanges() {
    return !buffer.isEmpty();
  }
}
