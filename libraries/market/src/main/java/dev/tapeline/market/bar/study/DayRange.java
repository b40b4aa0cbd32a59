package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Brings the bar of the day, and those of its week and month, to the open, high and low that the
 * vendor tells: it knows of all trades, where a sampled feed has some of them, or began late. Owned
 * by one {@link InstrumentBars}.
 *
 * <p>Only figures that cover all prices that were seen count. Others are late, or of another day.
 */
final class DayRange {

  private final BarLevels levels;
  private final BarAddition addition;
  private final boolean isOfSession;

  /** What was taken last; null if something else is to be taken. */
  private @Nullable BigDecimal open;

  private @Nullable BigDecimal high;
  private @Nullable BigDecimal low;

  /**
   * @param isOfSession whether the figures are those of the session, and not those of the last 24
   *     hours, which say nothing of a day
   */
  DayRange(BarLevels levels, BarAddition addition, boolean isOfSession) {
    this.levels = levels;
    this.addition = addition;
    this.isOfSession = isOfSession;
  }

  /** Takes what the vendor tells; returns whether that has changed a bar. */
  boolean told(Tick.DayStats stats) {
    BigDecimal first = stats.open();
    BigDecimal most = stats.high();
    BigDecimal least = stats.low();
    if (!isOfSession || first == null || most == null || least == null) {
      return false;
    }
    return !isTaken(first, most, least) && take(first, most, least);
  }

  private boolean take(BigDecimal first, BigDecimal most, BigDecimal least) {
    BarLevel day = levels.of(Frame.DAY);
    if (day == null || !day.current().active || day.current().count == 0) {
      return false;
    }
    FormingBar told = addition.range(first, most, least);
    if (told == null || !told.hasPricesOf(levels.composed(day))) {
      return false;
    }
    open = first;
    high = most;
    low = least;
    return apply(told, day.current().begin);
  }

  private boolean isTaken(BigDecimal first, BigDecimal most, BigDecimal least) {
    return isSame(first, open) && isSame(most, high) && isSame(least, low);
  }

  private static boolean isSame(BigDecimal told, @Nullable BigDecimal taken) {
    return taken != null && told.compareTo(taken) == 0;
  }

  private boolean apply(FormingBar told, long dayBegin) {
    boolean changed = false;
    for (BarLevel level : levels.all()) {
      FormingBar bar = level.current();
      if (!level.frame.isIntraday() && bar.active && bar.count > 0) {
        changed |= bar.widen(told);
        if (bar.begin == dayBegin) {
          changed |= bar.openAt(dayBegin, told.open);
        }
      }
    }
    return changed;
  }

  /** Begins another day. */
  void startOver() {
    open = null;
    high = null;
    low = null;
  }
}
