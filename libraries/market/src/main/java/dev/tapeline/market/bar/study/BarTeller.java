package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Instrument;

/** Tells the bars of one instrument. Owned by one {@link InstrumentBars}. */
final class BarTeller {

  private final BarShared shared;
  private final BarLevels levels;
  private final BarAddition addition;

  BarTeller(BarShared shared, BarLevels levels, BarAddition addition) {
    this.shared = shared;
    this.levels = levels;
    this.addition = addition;
  }

  /** Tells amended bars, and the forming ones that are wanted. */
  void tellChanges(Instrument instrument) {
    for (BarLevel level : levels.all()) {
      tellAmended(instrument, level);
      FormingBar bar = level.wanted ? levels.composed(level) : level.current();
      if (level.wanted && bar.active && bar.count > 0) {
        tell(instrument, level.frame, bar, false);
      }
    }
  }

  /** Tells a bar that was closed just now, if its frame is told. */
  void tellClosed(Instrument instrument, BarLevel level, FormingBar closed) {
    if (level.isTold()) {
      closed.told = true;
      tell(instrument, level.frame, closed, true);
    }
  }

  /** Tells the closed bars of a frame that have changed. */
  void tellAmended(Instrument instrument, BarLevel level) {
    for (int i = 0; level.amended && i < level.recentSize(); i++) {
      FormingBar bar = level.at(i);
      if (bar.amended) {
        bar.amended = false;
        bar.revision += bar.told ? 1 : 0;
        bar.told = true;
        if (level.isTold()) {
          tell(instrument, level.frame, bar, true);
        }
      }
    }
    level.amended = false;
  }

  private void tell(Instrument instrument, Frame frame, FormingBar bar, boolean closed) {
    shared.tell(instrument, addition.exact(frame, bar, closed), bar.closeTime);
  }
}
