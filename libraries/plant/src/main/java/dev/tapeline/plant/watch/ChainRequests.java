package dev.tapeline.plant.watch;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps option chains wanted for callers that ask for their newest state now and then, such as
 * those of REST: from a call until a minute after the last one. The node that has the source hears
 * of it, computes the chain and puts it into the cache. Safe for all threads; its own thread is
 * {@code chain-requests}.
 */
public final class ChainRequests implements AutoCloseable {

  /** How long a call waits for a chain at most. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How long a chain stays wanted after the last call for it. */
  public static final Duration KEPT = Duration.ofMinutes(1);

  /** How many chains a node keeps wanted for such callers. */
  public static final int MOST = 100;

  private static final ValueRequests.Rules RULES =
      new ValueRequests.Rules(
          "chain-requests", PATIENCE, Duration.ofMillis(100), KEPT, Duration.ofSeconds(5), MOST);

  private final ValueRequests<ChainKey> requests;

  /** Requests on behalf of this node. */
  public ChainRequests(Demand demand, Cache cache) {
    this.requests =
        new ValueRequests<>(
            demand,
            cache,
            new ValueRequests.Names<>(ChainRequests::wish, ChainRequests::key),
            RULES);
  }

  private static Channel wish(ChainKey chain) {
    return new Channel(Channels.chainStateWish(chain.underlying(), chain.expiry().toString()));
  }

  private static String key(ChainKey chain) {
    return Keys.optionChain(chain.underlying(), chain.expiry().toString());
  }

  /**
   * The newest state of a chain, which stays wanted for a while from now on. It is awaited where
   * the chain was not wanted by such calls until now, as what the cache has may be old.
   *
   * @param cached what the cache has; null if it has none
   * @return null if there is none yet
   */
  public @Nullable String fetch(ChainKey chain, @Nullable String cached) {
    Map<ChainKey, String> known = cached == null ? Map.of() : Map.of(chain, cached);
    String came = requests.fetch(List.of(chain), known).get(chain);
    return came == null ? cached : came;
  }

  /** Whether a chain is wanted by such calls; false after a call that there was no room for. */
  public boolean isWanted(ChainKey chain) {
    return requests.isAsked(chain);
  }

  /** How many chains are wanted by such calls. */
  public int size() {
    return requests.size();
  }

  /** How many calls found no room. */
  public long refused() {
    return requests.refused();
  }

  @Override
  public void close() {
    requests.close();
  }
}
