package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Publication;
import dev.tapeline.feed.dhan.order.OrderUpdate;
import dev.tapeline.market.instrument.Instruments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of order events while the bus takes none. */
class DhanOrdersTest implements HeldSources {

  private static final JsonMapper JSON = new JsonMapper();

  private final DhanOrders orders = new DhanOrders("dhan", "u1", new Instruments(10, "bus"), this);
  private final List<String> published = new ArrayList<>();
  private boolean away;

  @Override
  public boolean isHeld(String source) {
    return true;
  }

  @Override
  public CompletionStage<Void> publish(String source, List<Publication> batch) {
    if (away) {
      return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }
    batch.forEach(
        each -> published.add(each.channel() + " " + shortly(JSON.readTree(each.text()))));
    return CompletableFuture.completedFuture(null);
  }

  private static String shortly(JsonNode event) {
    return event.path("type").asString().equals("order.updated")
        ? event.at("/order/id").asString()
        : "listening since %d".formatted(event.path("since").asLong(0));
  }

  private void update(String number, long time) {
    orders.onOrderUpdate(
        new OrderUpdate(
            number, "", "NSE", "E", "1", "X", "B", "I", "LMT", "PENDING", "P", "", "", 1, 0, null,
            null, null, null, time),
        0);
  }

  @Test
  void eventsWaitForTheBusInTheirOrder() {
    away = true;
    update("1", 100);
    orders.onTime(1_000);
    update("2", 200);
    away = false;
    orders.onTime(1_500);
    assertEquals(List.of(), published, "a second lies between two attempts");
    orders.onTime(2_000);
    assertEquals(List.of("positions:u1 1", "positions:u1 2"), published);
  }

  @Test
  void whatIsDroppedIsSaid() {
    away = true;
    IntStream.rangeClosed(1, 10_002).forEach(i -> update("" + i, i));
    orders.onTime(1_000);
    away = false;
    orders.onTime(2_000);
    assertEquals("positions:u1 listening since 1", published.getFirst());
    assertEquals("positions:u1 3", published.get(1));
    assertEquals(10_001, published.size());
  }

  @Test
  void anotherRunTellsNothingOutdated() {
    away = true;
    update("1", 100);
    orders.onTime(1_000);
    orders.onListening(0, 5_000);
    away = false;
    orders.onTime(5_000);
    assertEquals(
        List.of("positions:u1 listening since 100", "positions:u1 listening since 0"), published);
  }
}
