package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Cache;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.channels.Keys;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PolledChainsTest {

  private static final ChainKey CHAIN = new ChainKey("NIFTY", LocalDate.of(2026, 12, 8));
  private static final Set<String> SOURCES = Set.of("dhan", "binance");

  private long time = 1_000_000;
  private final EmbeddedCache cache = new EmbeddedCache(100, () -> time);
  private Map<String, List<PolledChain>> polled = Map.of("dhan", List.of(chain(0)));
  private Wishes wishes = Wishes.NONE;
  private final PolledChains holder = new PolledChains(cache, () -> polled, () -> wishes);
  private final PolledChains other = new PolledChains(cache, Map::of, () -> wishes);

  private static PolledChain chain(long interval) {
    return new PolledChain(
        "NIFTY", "2026-12-08", "dhan", interval, 3_100, 900_000, 2, true, "HTTP 500: \"x\"");
  }

  @Test
  void anotherNodeTellsTheChainsOfTheOneThatPolls() {
    holder.share();
    assertEquals(List.of(chain(0)), other.all(SOURCES));
    assertEquals(other.all(SOURCES), holder.all(SOURCES));
  }

  @Test
  void theIntervalIsTheOneThatWasAskedFor() {
    wishes = Wishes.NONE.with(CHAIN, 5_000);
    holder.share();
    assertEquals(List.of(chain(5_000)), other.all(SOURCES));
    assertEquals(List.of(chain(5_000)), holder.all(SOURCES));
  }

  @Test
  void chainsAreGoneAsSoonAsTheyAreNotPolledAnyMore() {
    holder.share();
    polled = Map.of("dhan", List.of());
    holder.share();
    assertEquals(List.of(), other.all(SOURCES));
  }

  @Test
  void chainsAreGoneTenSecondsAfterTheirNode() {
    holder.share();
    time += 9_000;
    assertEquals(List.of(chain(0)), other.all(SOURCES));
    time += 2_000;
    assertEquals(List.of(), other.all(SOURCES));
  }

  @Test
  void whatOthersHaveWrittenThereIsLeftOut() {
    String list =
        "[{\"symbol\":\"A B\",\"expiry\":\"2026-12-08\"},{\"symbol\":\"A\",\"expiry\":\"soon\"},7]";
    for (String text : List.of("{", "7", "", list)) {
      var _ =
          cache.write(
              List.of(new Cache.Write.Put(Keys.polling("dhan"), text, Duration.ofSeconds(10))));
      assertEquals(List.of(), other.all(SOURCES), text);
    }
  }

  @Test
  void withoutTheCacheTheOwnChainsAreTold() {
    PolledChains alone = new PolledChains(new FailingCache(), () -> polled, () -> wishes);
    alone.share();
    assertEquals(List.of(chain(0)), alone.all(SOURCES));
  }

  /** A cache whose server is away. */
  private static final class FailingCache implements Cache {

    @Override
    public CompletionStage<Map<String, String>> getAll(List<String> keys) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }

    @Override
    public CompletionStage<List<String>> newest(String key, int count) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }

    @Override
    public CompletionStage<Void> write(List<Write> writes) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }

    @Override
    public void close() {}
  }
}
