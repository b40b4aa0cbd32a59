package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Demand;
import dev.tapeline.core.Selector;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.embedded.EmbeddedDemand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of wishes; {@link ChainRequestsTest} and {@link PriceRequestsTest} have the rest. */
@Timeout(60)
class ValueRequestsTest {

  private final EmbeddedDemand demand = new EmbeddedDemand();
  private final BlockingQueue<Selector> released = new LinkedBlockingQueue<>();

  @Test
  void whatNobodyAsksForAnyMoreIsReleased() throws InterruptedException {
    demand.listen(
        new Demand.Listener() {
          @Override
          public void onWanted(List<Selector> selectors) {}

          @Override
          public void onReleased(List<Selector> selectors) {
            released.addAll(selectors);
          }
        });
    Duration moment = Duration.ofMillis(10);
    try (ValueRequests<String> requests =
        new ValueRequests<>(
            demand,
            new EmbeddedCache(100, () -> 0),
            new ValueRequests.Names<>(name -> new Channel("wish:" + name), name -> "key:" + name),
            new ValueRequests.Rules("test-requests", moment, moment, moment, moment, 1))) {
      assertEquals(Map.of(), requests.fetch(List.of("a"), Map.of()));
      assertEquals(new Channel("wish:a"), released.poll(30, TimeUnit.SECONDS));
      assertFalse(requests.isAsked("a"));
      assertEquals(Map.of(), requests.fetch(List.of("b", "c"), Map.of()));
      assertTrue(requests.isAsked("b"), "there is room again");
      assertEquals(1, requests.refused());
    }
  }
}
