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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final Map<String, Request> requests = new HashMap<>();
  private boolean looking;

  /** The state of one key that was asked for. */
  private static final class Request {
    private long keptUntil;
    private long missedUntil;
    private long waitUntil;
    private CompletableFuture<String> price = new CompletableFuture<>();

    private boolean isWaiting(long now) {
      return !price.isDone() && now - waitUntil < 0;
    }

    /** Notes that it has not come, if it was waited for long enough. */
    private void noteMiss(long now) {
      if (!price.isDone() && now - waitUntil >= 0) {
        missedUntil = now + NEGATIVE.toNanos();
        price.complete("");
      }
    }
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
    for (String key : keys) {
      if (requests.size() >= MAX_KEYS || !askable.test(key)) {
        continue;
      }
      Request request = requests.get(key);
      if (request == null) {
        request = begin(key, now);
        wanted.add(new Channel(Channels.priceWish(key)));
      }
      request.keptUntil = now + KEPT.toNanos();
      request.noteMiss(now);
      if (now - request.missedUntil >= 0) {
        waits.put(key, wait(request, now));
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

  private Request begin(String key, long now) {
    Request request = new Request();
    request.missedUntil = now;
    request.waitUntil = now + PATIENCE.toNanos();
    requests.put(key, request);
    return request;
  }

  private static CompletableFuture<String> wait(Request request, long now) {
    if (!request.isWaiting(now)) {
      request.price = new CompletableFuture<>();
      request.waitUntil = now + PATIENCE.toNanos();
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
    List<String> waiting = waiting(System.nanoTime());
    if (waiting.isEmpty()) {
      return;
    }
    var _ =
        cache
            .getAll(waiting.stream().map(Keys::ltp).toList())
            .whenComplete((found, failure) -> {
              if (failure == null) {
                waiting.forEach(key -> came(key, found.get(Keys.ltp(key))));
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

  /** The keys that somebody waits for; notes those that were waited for long enough. */
  private synchronized List<String> waiting(long now) {
    List<String> waiting = new ArrayList<>();
    requests.forEach((key, request) -> {
      request.noteMiss(now);
      if (request.isWaiting(now)) {
        waiting.add(key);
      }
    });
    looking = !waiting.isEmpty();
    return waiting;
  }

  private synchronized void came(String key, @Nullable String price) {
    Request request = requests.get(key);
    if (request != null && price != null) {
      request.price.complete(price);
    }
  }

  /** Asks no longer for what nobody has wanted for a while. */
  private synchronized void release(long now) {
    Set<String> over = new HashSet<>();
    requests.forEach((key, request) -> {
      if (now - request.keptUntil >= 0 && !request.isWaiting(now)) {
        over.add(key);
      }
    });
    if (!over.isEmpty()) {
      requests.keySet().removeAll(over);
      demand.release(over.stream().map(key -> new Channel(Channels.priceWish(key))).toList());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
