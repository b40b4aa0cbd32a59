package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainFreshnessTest {

  private static final String CHANNEL = "option-chain:NIFTY:2026-12-08 ";
  private static final String HEAD =
      "{\"symbol\":\"NIFTY\",\"expiry\":\"2026-12-08\",\"source\":\"dhan\",\"stale\":";
  private static final String FRESH = CHANNEL + HEAD + "false,\"lastSuccess\":900000}";
  private static final String STALE =
      CHANNEL + HEAD + "true,\"lastSuccess\":900000,\"reason\":\"HTTP 500: \\\"x\\\"\"}";

  private final List<String> published = new ArrayList<>();
  private Map<String, List<PolledChain>> polled = Map.of();
  private boolean busIsAway;
  private final ChainFreshness freshness = new ChainFreshness(() -> polled, this::publish);

  private CompletionStage<Void> publish(String source, List<Publication> batch) {
    if (busIsAway) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }
    assertEquals("dhan", source);
    batch.forEach(each ->
        published.add(each.channel() + " " + new String(each.payload(), StandardCharsets.UTF_8)));
    return CompletableFuture.completedFuture(null);
  }

  private void poll(long lastSuccess, boolean stale, @Nullable String problem) {
    polled =
        Map.of(
            "dhan",
            List.of(
                new PolledChain(
                    "NIFTY", "2026-12-08", "dhan", 0, 3_000, lastSuccess, 0, stale, problem)));
    freshness.tell();
  }

  @Test
  void nothingIsToldBeforeTheFirstAnswer() {
    poll(0, false, null);
    assertEquals(List.of(), published);
  }

  @Test
  void eachChangeIsToldOnce() {
    poll(900_000, false, null);
    poll(900_000, false, "HTTP 500: \"x\"");
    poll(900_000, true, "HTTP 500: \"x\"");
    poll(900_000, true, "HTTP 502");
    poll(900_000, false, "HTTP 502");
    assertEquals(List.of(FRESH, STALE, FRESH), published);
  }

  @Test
  void aChainWithoutAnyAnswerBecomesStaleToo() {
    poll(0, true, "no answer");
    assertEquals(List.of(CHANNEL + HEAD + "true,\"reason\":\"no answer\"}"), published);
  }

  @Test
  void whatTheBusDoesNotTakeIsToldAgain() {
    busIsAway = true;
    poll(900_000, true, "HTTP 500: \"x\"");
    busIsAway = false;
    freshness.tell();
    freshness.tell();
    assertEquals(List.of(STALE), published);
  }

  @Test
  void aChainThatIsPolledAgainIsToldAgain() {
    poll(900_000, false, null);
    polled = Map.of("dhan", List.of());
    freshness.tell();
    poll(900_000, false, null);
    polled = Map.of();
    freshness.tell();
    poll(900_000, false, null);
    assertEquals(List.of(FRESH, FRESH, FRESH), published);
  }
}
