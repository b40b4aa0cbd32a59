package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.event.WishNews;
import java.util.List;

/** Which bars somebody wants while they form. Asked on the market's thread. */
public interface BarDemand {

  /** Nobody wants any. */
  BarDemand NONE =
      new BarDemand() {
        @Override
        public WishNews news() {
          return WishNews.NEVER;
        }

        @Override
        public List<Frame> frames(String symbol) {
          return List.of();
        }
      };

  /** Of which instruments something else is wanted from now on, for one reader. */
  WishNews news();

  /** The frames of an instrument that are wanted now, each once. */
  List<Frame> frames(String symbol);
}
