package dev.tapeline.market.indicator.study;

import dev.tapeline.market.instrument.Instrument;

/** Tells when sessions begin, in which some indicators begin anew. */
public interface SessionOpens {

  long DAY_MILLIS = 86_400_000;

  /** Sessions that are the days of UTC. */
  SessionOpens UTC_DAYS = (_, time) -> Math.floorDiv(time, DAY_MILLIS) * DAY_MILLIS;

  /** When the session of a bar began, epoch ms UTC, by the begin of the bar. */
  long openAt(Instrument instrument, long time);
}
