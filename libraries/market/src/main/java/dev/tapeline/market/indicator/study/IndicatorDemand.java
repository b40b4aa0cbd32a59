package dev.tapeline.market.indicator.study;

import dev.tapeline.market.event.WishNews;
import java.util.List;

/** Which indicators somebody wants. Asked on the market's thread. */
public interface IndicatorDemand {

  /** Of which instruments something else is wanted from now on, for one reader. */
  WishNews news();

  /** What is wanted of an instrument now, each once. */
  List<IndicatorRequest> requests(String symbol);
}
