package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest figures of all instruments, as a vendor's server reads them on its loop. */
public interface SimulatedQuotes {

  /** What is traded, in a fixed order. */
  List<Instrument> instruments();

  /** The figures of an instrument by its key, as in {@code NSE_EQ:1333}; null if there is none. */
  @Nullable QuoteState quote(String key);

  /** The market's time, epoch ms. */
  long now();
}
