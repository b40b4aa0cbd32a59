package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedDemand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PriceRequestsTest {

  private final EmbeddedCache cache = new EmbeddedCache(100, System::currentTimeMillis);
  private final BlockingQueue<String> looked = new LinkedBlockingQueue<>();
  private final EmbeddedDemand demand = new EmbeddedDemand();
  private final BlockingQueue<Selector> asked = new LinkedBlockingQueue<>();
  private PriceRequests requests = requests(_ -> true);

  private PriceRequests requests(Predicate<String> askable) {
    return new PriceRequests(demand, new LookedUp(), askable);
  }

  /** Notes the keys that are read of the cache. */
  private final class LookedUp implements Cache {

    @Override
    public CompletionStage<Map<String, String>> getAll(List<String> keys) {
      looked.addAll(keys);
      return cache.getAll(keys);
    }

    @Override
    public CompletionStage<List<String>> newest(String key, int count) {
      return cache.newest(key, count);
    }

    @Override
    public CompletionStage<Void> write(List<Write> writes) {
      return cache.write(writes);
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  @AfterEach
  void close() {
    requests.close();
  }

  /** Hears what is asked for, as a node with the source does. */
  private void listen() {
    demand.listen(
        new Demand.Listener() {
          @Override
          public void onWanted(List<Selector> selectors) {
            asked.addAll(selectors);
          }

          @Override
          public void onReleased(List<Selector> selectors) {}
        });
  }

  private void answer(String key, String price) {
    cache.write(List.of(new Cache.Write.Put("ltp:" + key, price, Duration.ofSeconds(30))));
  }

  @Test
  void whatTheSourceAnswersIsTold() throws InterruptedException {
    listen();
    CompletableFuture<Map<String, String>> call =
        CompletableFuture.supplyAsync(() -> requests.fetch(List.of("NSE_EQ:1")));
    assertEquals(new Channel("tapeline:price:NSE_EQ:1"), asked.poll(30, TimeUnit.SECONDS));
    answer("NSE_EQ:1", "12.5");
    assertEquals(Map.of("NSE_EQ:1", "12.5"), call.join());
  }

  @Test
  void allWhoAskShareOneRequest() throws InterruptedException {
    listen();
    List<CompletableFuture<Map<String, String>>> calls =
        IntStream.range(0, 5)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(
                    () -> requests.fetch(List.of("NSE_EQ:1", "NSE_EQ:2")),
                    Thread::startVirtualThread))
            .toList();
    assertTrue(asked.poll(30, TimeUnit.SECONDS) != null);
    assertTrue(asked.poll(30, TimeUnit.SECONDS) != null);
    answer("NSE_EQ:1", "12.5");
    answer("NSE_EQ:2", "13.5");
    for (CompletableFuture<Map<String, String>> call : calls) {
      assertEquals(Map.of("NSE_EQ:1", "12.5", "NSE_EQ:2", "13.5"), call.join());
    }
    assertTrue(asked.isEmpty());
  }

  @Test
  void whatHasComeIsNotLookedUpAgain() throws InterruptedException {
    listen();
    CompletableFuture<Map<String, String>> first =
        CompletableFuture.supplyAsync(() -> requests.fetch(List.of("NSE_EQ:1")));
    assertEquals(new Channel("tapeline:price:NSE_EQ:1"), asked.poll(30, TimeUnit.SECONDS));
    answer("NSE_EQ:1", "12.5");
    assertEquals(Map.of("NSE_EQ:1", "12.5"), first.join());
    looked.clear();
    CompletableFuture<Map<String, String>> second =
        CompletableFuture.supplyAsync(() -> requests.fetch(List.of("NSE_EQ:2")));
    assertEquals(new Channel("tapeline:price:NSE_EQ:2"), asked.poll(30, TimeUnit.SECONDS));
    answer("NSE_EQ:2", "13.5");
    assertEquals(Map.of("NSE_EQ:2", "13.5"), second.join());
    assertEquals(Set.of("ltp:NSE_EQ:2"), Set.copyOf(looked));
  }

  @Test
  void whatDidNotComeIsNotWaitedForAgainAtOnce() {
    assertEquals(Map.of(), requests.fetch(List.of("NSE_EQ:1")));
    long before = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      assertEquals(Map.of(), requests.fetch(List.of("NSE_EQ:1")));
    }
    Duration spent = Duration.ofNanos(System.nanoTime() - before);
    assertTrue(spent.compareTo(PriceRequests.PATIENCE.multipliedBy(100)) < 0, spent::toString);
  }

  @Test
  void whatNoSourceCanTellIsNotAskedFor() {
    listen();
    try (PriceRequests closed = requests(key -> key.startsWith("NSE_EQ"))) {
      assertEquals(Map.of(), closed.fetch(List.of("SIM:1")));
    }
    assertTrue(asked.isEmpty());
  }
}
