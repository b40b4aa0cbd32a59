package dev.tapeline.plant.watch;

import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the instrument of a symbol, and the source that can price it. */
public interface InstrumentFinder {

  /** An instrument, and the name of the source that can price it. */
  record Found(String source, Instrument instrument) {}

  /** The instrument of this symbol; null if no source has it, for now. */
  @Nullable Found find(String symbol);

  /** The instrument of this key; null if no source has it, for now. */
  @Nullable Found findKey(String key);

  /** Whether its source lists futures or options on an instrument. */
  boolean hasDerivatives(Found found);

  /** The options of a chain, as far as they are known now. */
  List<Instrument> legs(ChainKey chain);
}
