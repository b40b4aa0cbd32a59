package dev.tapeline.hub.lane;

import java.util.function.BooleanSupplier;

/** The state of a lane's rounds. News begins them, and the lane ends them when it finds none. */
final class Rounds {

  private final Signal awake = new Signal();
  private final Runnable begin;
  private final BooleanSupplier hasNews;

  /**
   * @param begin makes the lane's thread do rounds
   * @param hasNews whether there is something to do
   */
  Rounds(Runnable begin, BooleanSupplier hasNews) {
    this.begin = begin;
    this.hasNews = hasNews;
  }

  /** Begins rounds, unless they go on already; any thread, behind its news. */
  void wake() {
    if (awake.raise()) {
      begin.run();
    }
  }

  /** Ends the rounds, unless there is news whose wake-up found them still going on. */
  void rest() {
    awake.lower();
    if (hasNews.getAsBoolean()) {
      wake();
    }
  }
}
