package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Frame;
import java.util.Set;

/**
 * How many closed bars are kept, so that values are there as soon as they are wanted. A bar takes
 * about 61 bytes.
 *
 * @param keptFrames the frames whose bars come whether wanted or not; bars of other frames are kept
 *     while they are wanted
 * @param keptBars of a series that nobody wants; a wanted one has as many as its indicators use, up
 *     to 2,000
 * @param maxKeptBars of all series that nobody wants together; beyond, they keep fewer
 */
public record IndicatorRules(Set<Frame> keptFrames, int keptBars, int maxKeptBars) {

  public static final int DEFAULT_KEPT_BARS = 256;
  public static final int DEFAULT_MAX_KEPT_BARS = 1 << 20;

  public IndicatorRules {
    keptFrames = Set.copyOf(keptFrames);
  }

  /** The default numbers. */
  public static IndicatorRules of(Set<Frame> keptFrames) {
    return new IndicatorRules(keptFrames, DEFAULT_KEPT_BARS, DEFAULT_MAX_KEPT_BARS);
  }
}
