package dev.tapeline.market.bar.study;

import dev.tapeline.market.bar.Frame;
import java.util.List;

/** Which bars somebody wants while they form. Asked on the market's thread. */
public interface BarDemand {

  /** Nobody wants any. */
  BarDemand NONE =
      new BarDemand() {
        @Override
        public long version() {
          return 0;
        }

        @Override
        public List<Frame> frames(String symbol) {
          return List.of();
        }
      };

  /** A number that is another one after each change of what is wanted. */
  long version();

  /** The frames of an instrument that are wanted now, each once. */
  List<Frame> frames(String symbol);
}
