package dev.tapeline.feed.deribit;

import dev.tapeline.market.instrument.Instrument;
import java.util.List;

/** Receives what a session learns of Deribit's instruments, on the thread of its feed. */
@FunctionalInterface
public interface DeribitListener {

  /**
   * The instruments that Deribit has, as far as they are known: all of them each time, ordered by
   * symbol. Those that have expired are no longer among them.
   */
  void onInstruments(List<Instrument> instruments);
}
