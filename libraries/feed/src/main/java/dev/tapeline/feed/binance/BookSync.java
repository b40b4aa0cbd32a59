package dev.tapeline.feed.binance;

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
 * kept while a snapshot is wanted because prices come near to the end of that. Owned by the thread
 * of its feed.
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
    RANGE
  }

  private final int count;
  private final Consumer<Loss> losses;
  private final ChangeBuffer buffer = new ChangeBuffer();
  private final BookCheck check = new BookCheck();
  private @Nullable LocalBook book;
  private long lastId;
  private boolean wanted = true;

  /**
   * @param count how many levels a side is to show at least
   * @param shownId the number of the last change that was shown before, if ever; no older book is
   *     shown after it, as receivers may still have the changes between
   * @param losses is told each time that the book is given up
   */
  BookSync(int count, long shownId, Consumer<Loss> losses) {
    this.count = count;
    this.lastId = shownId;
    this.losses = losses;
  }

  /** Takes a change, and shows what comes of it. */
  void onChange(Tick.Depth change, Consumer<Tick> out) {
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
    out.accept(current.isToBeShownAnew() ? current.show(change) : shown);
    check.onBook(current);
    wanted = wanted || current.isShort();
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
    out.accept(next.show(snapshot));
    return Outcome.TAKEN;
  }

  /** The number of the last change that was shown; 0 if nothing was. */
  long shownId() {
    return lastId;
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
