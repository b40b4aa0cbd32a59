package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Ohlc;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between a bar that is stored, or made of stored ones, and the one of its time in the
 * cache, which may be newer.
 */
final class FormingJoin {

  private FormingJoin() {}

  /** The one to show. */
  static Bar of(@Nullable Bar known, Bar cached) {
    if (known == null) {
      return cached;
    }
    if (!known.state().closed()) {
      return cached.state().partial() && !known.state().partial() ? joined(known, cached) : cached;
    }
    boolean isNews =
        cached.state().closed()
            && cached.state().revision() >= known.state().revision()
            && (known.state().partial() || !cached.state().partial());
    return isNews ? cached : known;
  }

  /** The begin of the one and the end of the other, whose quantities overlap. */
  private static Bar joined(Bar whole, Bar newest) {
    Ohlc begun = whole.prices();
    Ohlc now = newest.prices();
    return new Bar(
        whole.frame(),
        whole.time(),
        new Ohlc(
            begun.open(), begun.high().max(now.high()), begun.low().min(now.low()), now.close()),
        greater(whole.volume(), newest.volume()),
        whole.isCounted() ? Math.max(whole.count(), newest.count()) : Bar.UNKNOWN_COUNT,
        newest.state());
  }

  private static @Nullable BigDecimal greater(
      @Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.max(other);
  }
}
