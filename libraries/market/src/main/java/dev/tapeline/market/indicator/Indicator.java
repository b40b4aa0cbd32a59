package dev.tapeline.market.indicator;

/**
 * A calculation over the bars of a series, in order. It has a state that only closed bars change.
 * Owned by one thread; makes no garbage.
 *
 * <p>A value that is not defined yet is absent. The bars that have been committed since the
 * beginning or the last {@link #reset} are all that a value depends on.
 */
abstract class Indicator {

  /** Forgets all bars: it is then as a new one. */
  abstract void reset();

  /**
   * Tells the values with this bar as the newest, and changes nothing.
   *
   * @param first the place of its first value in the readings
   */
  abstract void peek(BarValues bar, Readings out, int first);

  /** Takes a closed bar, for good. */
  abstract void commit(BarValues bar);
}
