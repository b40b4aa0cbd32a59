package dev.tapeline.plant.watch;

import dev.tapeline.feed.Detail;
import dev.tapeline.market.instrument.ChainKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is to look at: subjects that are wanted in another way than before, or of which
 * another instrument may be known.
 *
 * @param symbols of instruments
 * @param chains option chains
 * @param prices keys of instruments whose price alone is asked for
 */
record WatchChanges(
    List<Change<String>> symbols, List<Change<ChainKey>> chains, List<Change<String>> prices) {

  /**
   * One subject.
   *
   * @param detail how much is wanted of it now, of instruments; null if nothing is wanted any more
   */
  record Change<K>(K subject, @Nullable Detail detail) {}

  boolean isEmpty() {
    return symbols.isEmpty() && chains.isEmpty() && prices.isEmpty();
  }
}
