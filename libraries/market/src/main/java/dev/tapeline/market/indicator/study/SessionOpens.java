package dev.tapeline.market.indicator.study;

import dev.tapeline.market.instrument.Instrument;
import java.util.function.LongUnaryOperator;

/** Tells when sessions begin, in which some indicators begin anew. */
@FunctionalInterface
public interface SessionOpens {

  /**
   * Tells when the session of a bar of an instrument began, by the begin of the bar; both are epoch
   * ms UTC. Asked on the market's thread.
   */
  LongUnaryOperator of(Instrument instrument);
}
