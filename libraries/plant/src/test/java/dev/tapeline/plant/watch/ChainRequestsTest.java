package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedDemand;
import dev.tapeline.market.instrument.ChainKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chains that are asked for now and then, by those who subscribe to nothing. */
@Timeout(60)
class ChainRequestsTest {

  private static final ChainKey CHAIN = chain("NIFTY");
  private static final String KEY = "option-chain:NIFTY:2026-12-08";
  private static final Channel WISH = new Channel("tapeline:chain-state:NIFTY:2026-12-08");

  private final EmbeddedCache cache = new EmbeddedCache(1 << 20, System::currentTimeMillis);
  private final EmbeddedDemand demand = new EmbeddedDemand();
  private final BlockingQueue<Selector> asked = new LinkedBlockingQueue<>();
  private final ChainRequests requests = new ChainRequests(demand, cache);

  ChainRequestsTest() {
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

  @AfterEach
  void close() {
    requests.close();
  }

  private static ChainKey chain(String underlying) {
    return new ChainKey(underlying, LocalDate.of(2026, 12, 8));
  }

  private void answer(String state) {
    cache.write(List.of(new Cache.Write.Put(KEY, state, Duration.ofSeconds(90))));
  }

  private CompletableFuture<@Nullable String> call(@Nullable String cached) {
    return CompletableFuture.supplyAsync(() -> requests.fetch(CHAIN, cached));
  }

  @Test
  void chainThatNobodyWantedIsWantedAndAwaited() throws InterruptedException {
    CompletableFuture<@Nullable String> call = call(null);
    assertEquals(WISH, asked.poll(30, TimeUnit.SECONDS));
    answer("{}");
    assertEquals("{}", call.join());
    assertTrue(requests.isWanted(CHAIN));
    assertEquals(1, demand.nodesWanting(WISH));
  }

  @Test
  void whatWasThereBeforeIsNoAnswerToTheFirstCall() throws InterruptedException {
    answer("old");
    CompletableFuture<@Nullable String> call = call("old");
    assertEquals(WISH, asked.poll(30, TimeUnit.SECONDS));
    answer("new");
    assertEquals("new", call.join());
    assertEquals("newer", requests.fetch(CHAIN, "newer"), "not awaited any more");
  }

  @Test
  void oldStateIsBetterThanNone() {
    answer("old");
    assertEquals("old", requests.fetch(CHAIN, "old"));
  }

  @Test
  void whatDidNotComeIsNotWaitedForAgainAtOnce() {
    assertNull(requests.fetch(CHAIN, null));
    long before = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertNull(requests.fetch(CHAIN, null));
    }
    Duration spent = Duration.ofNanos(System.nanoTime() - before);
    assertTrue(spent.compareTo(ChainRequests.PATIENCE.multipliedBy(10)) < 0, spent::toString);
    assertEquals(1, asked.size());
  }

  @Test
  void chainsBeyondTheLimitAreRefusedAndCounted() {
    List<CompletableFuture<@Nullable String>> calls =
        IntStream.range(0, ChainRequests.MOST)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () -> requests.fetch(chain("S" + i), "known"), Thread::startVirtualThread))
            .toList();
    calls.forEach(CompletableFuture::join);
    assertEquals(ChainRequests.MOST, requests.size());
    assertNull(requests.fetch(CHAIN, null));
    assertFalse(requests.isWanted(CHAIN));
    assertEquals(1, requests.refused());
    assertEquals(ChainRequests.MOST, asked.size());
  }
}
