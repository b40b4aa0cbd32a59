package dev.tapeline.server.vendor;

import dev.tapeline.market.instrument.Instrument;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shares that have futures or options, by the source that watches them: what the list to watch
 * says, live and in a recording. Safe for all threads.
 */
public final class UnderlyingShares {

  private final Map<String, Set<Instrument>> bySource = new ConcurrentHashMap<>();

  void set(String source, Set<Instrument> shares) {
    bySource.put(source, shares);
  }

  /** Whether there are futures or options on a share. */
  public boolean contains(String source, Instrument share) {
    return bySource.getOrDefault(source, Set.of()).contains(share);
  }
}
