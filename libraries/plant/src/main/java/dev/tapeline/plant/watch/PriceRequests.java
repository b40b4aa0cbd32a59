package dev.tapeline.plant.watch;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the sources of all nodes for last prices that the cache does not have. To ask is to want a
 * channel for a while, so that the node that is connected to the vendor hears of it, asks for all
 * of them in one call, and puts the answer into the cache, where it is awaited here.
 *
 * <p>Whoever asks for the same price shares the answer, and the wait. A price that did not come is
 * not waited for again for some time, though it is still asked for. Safe for all threads; its own
 * thread is {@code price-requests}.
 */
public final class PriceRequests implements AutoCloseable {

  /** How long a call waits for prices at most. */
  public static final Duration PATIENCE = Duration.ofMillis(2_500);

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration KEPT = Duration.ofSeconds(25);
  private static final Duration NEGATIVE = Duration.ofSeconds(10);
  private static final int MAX_KEYS = 20_000;
  private static final Logger log = LoggerFactory.getLogger(PriceRequests.class);

  private final Demand demand;
  private final Cache cache;
  private final Predicate<String> askable;
  private final ScheduledExecutorService thread = new OwnThread("price-requests");

  // guarded by this
  /** What was asked for, the longest unwanted first. */
  private final SequencedMap<String, Request> requests = new LinkedHashMap<>();

  /** What somebody waits for, the longest waited for first. */
  private final SequencedMap<String, Request> waiting = new LinkedHashMap<>();

  private boolean looking;

  /** The state of one key that was asked for. */
  private static final class Request {
    private long keptUntil;
    private long missedUntil;
    private long waitUntil;
    private CompletableFuture<String> price = new CompletableFuture<>();
  }

  /**
   * @param askable whether a source that is there can tell the price of a key when it is asked
   */
  public PriceRequests(Demand demand, Cache cache, Predicate<String> askable) {
    this.demand = demand;
    this.cache = cache;
    this.askable = askable;
    long second = TimeUnit.SECONDS.toMillis(1);
    var _ =
        thread.scheduleWithFixedDelay(
            () -> release(System.nanoTime()), second, second, TimeUnit.MILLISECONDS);
  }

  /**
   * The prices that come within the patience, by key; waits for them.
   *
   * @param keys of instruments without a price in the cache
   */
  public Map<String, String> fetch(List<String> keys) {
    Map<String, CompletableFuture<String>> waits = ask(keys, System.nanoTime());
    Map<String, String> prices = new HashMap<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Map.Entry<String, CompletableFuture<String>> wait : waits.entrySet()) {
      String price = await(wait.getValue(), deadline - System.nanoTime());
      if (!price.isEmpty()) {
        prices.put(wait.getKey(), price);
      }
    }
    return prices;
  }

  private static String await(CompletableFuture<String> price, long nanos) {
    return price
        .copy()
        .completeOnTimeout("", Math.max(0, nanos), TimeUnit.NANOSECONDS)
        .exceptionally(_ -> "")
        .join();
  }

  private synchronized Map<String, CompletableFuture<String>> ask(List<String> keys, long now) {
    Map<String, CompletableFuture<String>> waits = new HashMap<>();
    List<Channel> wanted = new ArrayList<>();
    noteMisses(now);
    for (String key : keys) {
      Request request = requests.get(key);
      if (!askable.test(key) || (request == null && requests.size() >= MAX_KEYS)) {
        continue;
      }
      if (request == null) {
        request = new Request();
        request.missedUntil = now;
        wanted.add(new Channel(Channels.priceWish(key)));
      }
      request.keptUntil = now + KEPT.toNanos();
      requests.putLast(key, request);
      if (now - request.missedUntil >= 0) {
        waits.put(key, await(key, request, now));
      }
    }
    if (!wanted.isEmpty()) {
      demand.want(wanted);
    }
    if (!waits.isEmpty()) {
      look();
    }
    return waits;
  }

  private CompletableFuture<String> await(String key, Request request, long now) {
    if (!waiting.containsKey(key)) {
      request.price = new CompletableFuture<>();
      request.waitUntil = now + PATIENCE.toNanos();
      waiting.putLast(key, request);
    }
    return request.price;
  }

  /** Looks into the cache until nobody waits; called with the lock held. */
  private void look() {
    if (!looking) {
      looking = true;
      var _ = thread.schedule(this::lookOnce, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void lookOnce() {
    List<String> keys = waiting(System.nanoTime());
    if (keys.isEmpty()) {
      return;
    }
    var _ =
        cache
            .getAll(keys.stream().map(Keys::ltp).toList())
            .whenComplete((found, failure) -> {
              if (failure == null) {
                keys.forEach(key -> came(key, found.get(Keys.ltp(key))));
              } else {
                log.debug("prices can't be looked up", failure);
              }
              again();
            });
  }

  private synchronized void again() {
    looking = false;
    look();
  }

  /** The keys that somebody waits for. */
  private synchronized List<String> waiting(long now) {
    noteMisses(now);
    looking = !waiting.isEmpty();
    return List.copyOf(waiting.keySet());
  }

  /** Ends the waits that have lasted long enough. */
  private void noteMisses(long now) {
    Map.Entry<String, Request> first = waiting.firstEntry();
    while (first != null && now - first.getValue().waitUntil >= 0) {
      waiting.remove(first.getKey());
      first.getValue().missedUntil = now + NEGATIVE.toNanos();
      first.getValue().price.complete("");
      first = waiting.firstEntry();
    }
  }

  /** Wakes those who wait for a key. */
  private synchronized void came(String key, @Nullable String price) {
    Request request = price == null ? null : waiting.remove(key);
    if (request != null && price != null) {
      request.price.complete(price);
    }
  }

  /** Asks no longer for what nobody has wanted for a while. */
  private synchronized void release(long now) {
    List<Channel> over = new ArrayList<>();
    Map.Entry<String, Request> first = requests.firstEntry();
    while (first != null && now - first.getValue().keptUntil >= 0) {
      requests.remove(first.getKey());
      over.add(new Channel(Channels.priceWish(first.getKey())));
      first = requests.firstEntry();
    }
    if (!over.isEmpty()) {
      demand.release(over);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
