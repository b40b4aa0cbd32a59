package dev.tapeline.market.indicator.study;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.indicator.IndicatorSpec;

/**
 * Indicators that somebody wants of an instrument.
 *
 * @param name how it was asked for; the event of their values has it again
 */
public record IndicatorRequest(String name, Frame frame, IndicatorSpec spec) {

  /** The name of the common indicators over bars of a minute, which need no other name. */
  public static final String COMMON_NAME = "";

  /** What is told of an instrument where nothing else is asked for. */
  public static final IndicatorRequest COMMON =
      new IndicatorRequest(COMMON_NAME, Frame.MINUTE, IndicatorSpec.DEFAULT);
}
