package dev.tapeline.feed.binance;

import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a book with the quotes of the same symbol. Binance sends a quote for each change of the
 * best prices, and both count the same changes: the best of a book is that of the newest quote
 * whose number is not above the book's. Which one that is shows the next quote. Owned by the thread
 * of its feed.
 */
final class BookCheck {

  /** After so many differences in a row the book is wrong: one can be a quote that was missed. */
  private static final int LIMIT = 3;

  private static final int MAX_BESTS = 64;

  private record Best(long id, @Nullable BestPrice bid, @Nullable BestPrice ask) {}

  private final Deque<Best> bests = new ArrayDeque<>();
  private Tick.@Nullable Quote newest;
  private int differences;

  /** Takes the best prices of the book after a change. */
  void onBook(LocalBook book) {
    if (bests.size() == MAX_BESTS) {
      bests.removeFirst();
    }
    bests.addLast(new Best(book.lastId(), best(book.bestBid()), best(book.bestAsk())));
  }

  private static @Nullable BestPrice best(@Nullable Level level) {
    return level == null ? null : BestPrice.of(level);
  }

  /** Takes the next quote, and returns whether the book has been wrong too often. */
  boolean compare(Tick.Quote quote) {
    Tick.Quote before = newest;
    newest = quote;
    Best best = newestBefore(quote.updateId());
    if (before != null && best != null && best.id >= before.updateId()) {
      boolean same = isSame(best.bid, before.bid()) && isSame(best.ask, before.ask());
      differences = same ? 0 : differences + 1;
    }
    return differences >= LIMIT;
  }

  private @Nullable Best newestBefore(long id) {
    Best best = null;
    for (Best next = bests.peekFirst(); next != null && next.id < id; next = bests.peekFirst()) {
      best = bests.removeFirst();
    }
    return best;
  }

  private static boolean isSame(@Nullable BestPrice one, @Nullable BestPrice other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.price().compareTo(other.price()) == 0
        && Objects.requireNonNull(one.quantity())
                .compareTo(Objects.requireNonNull(other.quantity()))
            == 0;
  }

  /** Forgets the book, which begins anew; the newest quote stays. */
  void clear() {
    bests.clear();
    differences = 0;
  }
}
