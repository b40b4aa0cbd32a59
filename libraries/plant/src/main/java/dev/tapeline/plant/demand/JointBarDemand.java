package dev.tapeline.plant.demand;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarDemand;
import dev.tapeline.market.event.WishNews;
import java.util.ArrayList;
import java.util.List;

/**
 * The forming bars that are wanted: for themselves, and for the indicators over them. Safe for all
 * threads.
 *
 * @param bars wanted for themselves
 */
public record JointBarDemand(BarDemand bars, IndicatorWishes indicators) implements BarDemand {

  @Override
  public WishNews news() {
    WishNews first = bars.news();
    WishNews second = indicators.news();
    return () -> first.take().and(second.take());
  }

  @Override
  public List<Frame> frames(String symbol) {
    List<Frame> all = new ArrayList<>(bars.frames(symbol));
    for (Frame frame : indicators.frames(symbol)) {
      if (!all.contains(frame)) {
        all.add(frame);
      }
    }
    return all;
  }
}
