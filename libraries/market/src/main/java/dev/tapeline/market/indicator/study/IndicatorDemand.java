package dev.tapeline.market.indicator.study;

import java.util.List;

/** Which indicators somebody wants. Asked on the market's thread. */
public interface IndicatorDemand {

  /** A number that is another one after each change of what is wanted. */
  long version();

  /** What is wanted of an instrument now, each once. */
  List<IndicatorRequest> requests(String symbol);
}
