package dev.tapeline.plant.watch;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Asks the sources of all nodes for last prices that the cache does not have: the node that is
 * connected to the vendor asks for all of them in one call. Safe for all threads; its own thread is
 * {@code price-requests}.
 */
public final class PriceRequests implements AutoCloseable {

  /** How long a call waits for prices at most. */
  public static final Duration PATIENCE = Duration.ofMillis(2_500);

  private static final ValueRequests.Rules RULES =
      new ValueRequests.Rules(
          "price-requests",
          PATIENCE,
          Duration.ofMillis(50),
          Duration.ofSeconds(25),
          Duration.ofSeconds(10),
          20_000);

  private final Predicate<String> askable;
  private final ValueRequests<String> requests;

  /**
   * @param askable whether a source that is there can tell the price of a key when it is asked
   */
  public PriceRequests(Demand demand, Cache cache, Predicate<String> askable) {
    this.askable = askable;
    this.requests =
        new ValueRequests<>(
            demand,
            cache,
            new ValueRequests.Names<>(key -> new Channel(Channels.priceWish(key)), Keys::ltp),
            RULES);
  }

  /**
   * The prices that come within the patience, by key; waits for them.
   *
   * @param keys of instruments without a price in the cache
   */
  public Map<String, String> fetch(List<String> keys) {
    return requests.fetch(keys.stream().filter(askable).toList(), Map.of());
  }

  /** How many keys were refused because too many were asked for. */
  public long refused() {
    return requests.refused();
  }

  @Override
  public void close() {
    requests.close();
  }
}
