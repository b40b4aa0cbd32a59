package dev.tapeline.market.event;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instruments of which something else is wanted than before, so that a study looks at them
 * alone. Only the last changes are kept: to a reader that is further behind, all may have changed.
 * Safe for all threads.
 */
public final class ChangedWishes {

  /** How many changes are kept. */
  static final int KEPT = 4_096;

  /** Null where all may have changed. */
  private final @Nullable String[] symbols = new String[KEPT];

  /** How many changes there were. */
  private volatile long count;

  /** Something else is wanted of this instrument. */
  public void add(String symbol) {
    append(symbol);
  }

  /** Something else may be wanted of any instrument. */
  public void addAll() {
    append(null);
  }

  private synchronized void append(@Nullable String symbol) {
    long before = count;
    symbols[(int) (before % KEPT)] = symbol;
    count = before + 1;
  }

  /** What changes from now on, for one reader. Where nothing has, it costs a look at a number. */
  public WishNews news() {
    return new Reader();
  }

  private final class Reader implements WishNews {

    private long seen = count;

    @Override
    public Changed take() {
      if (seen == count) {
        return Changed.NOTHING;
      }
      synchronized (ChangedWishes.this) {
        long first = seen;
        seen = count;
        return since(first);
      }
    }
  }

  private WishNews.Changed since(long first) {
    if (count - first > KEPT) {
      return WishNews.Changed.ALL;
    }
    Set<String> changed = new LinkedHashSet<>();
    for (long i = first; i < count; i++) {
      String symbol = symbols[(int) (i % KEPT)];
      if (symbol == null) {
        return WishNews.Changed.ALL;
      }
      changed.add(symbol);
    }
    return new WishNews.Changed(false, changed);
  }
}
