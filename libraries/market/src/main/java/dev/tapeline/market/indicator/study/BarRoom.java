package dev.tapeline.market.indicator.study;

/**
 * The room for the kept bars of all series that nobody wants. Mutable; owned by one {@link
 * IndicatorStudy}.
 */
final class BarRoom {

  private final int limit;
  private int taken;

  BarRoom(int limit) {
    this.limit = limit;
  }

  /** Takes room for more bars; false if there is not as much. */
  boolean take(int bars) {
    if (bars > limit - taken) {
      return false;
    }
    taken += bars;
    return true;
  }

  void giveBack(int bars) {
    taken -= bars;
  }
}
