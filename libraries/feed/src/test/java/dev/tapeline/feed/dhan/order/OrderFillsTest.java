package dev.tapeline.feed.dhan.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFillsTest {

  private static final String UPDATE =
      "{\"Data\":{\"Exchange\":\"NSE\",\"Segment\":\"D\",\"Source\":\"P\",\"SecurityId\":\"55796\","
          + "\"ExchOrderNo\":\"1100\",\"OrderNo\":\"%s\",\"Product\":\"I\",\"TxnType\":\"B\","
          + "\"OrderType\":\"LMT\",\"Quantity\":150,\"TradedQty\":%d,\"Price\":152.3,"
          + "\"TriggerPrice\":0,\"TradedPrice\":152.25,\"AvgTradedPrice\":\"152.25\","
          + "\"LastUpdatedTime\":\"2026-11-30 10:00:00\",\"ReasonDescription\":\"CONFIRMED\","
          + "\"Status\":\"%s\",\"Symbol\":\"NIFTY\",\"CorrelationId\":\"c-1\"},"
          + "\"Type\":\"order_alert\"}";

  private final List<OrderUpdate> updates = new ArrayList<>();
  private final List<Long> fills = new ArrayList<>();
  private final OrderFills orders =
      new OrderFills(
          new OrderUpdateListener() {
            @Override
            public void onOrderUpdate(OrderUpdate update, long filled) {
              updates.add(update);
              fills.add(filled);
            }

            @Override
            public void onListening(long since, long now) {}

            @Override
            public void onTime(long now) {}
          });

  @Test
  void anUpdateIsRead() {
    assertNull(tell(UPDATE.formatted("77", 75, "Pending")));
    assertEquals(
        List.of(
            new OrderUpdate(
                "77",
                "1100",
                "NSE",
                "D",
                "55796",
                "NIFTY",
                "B",
                "I",
                "LMT",
                "PENDING",
                "P",
                "CONFIRMED",
                "c-1",
                150,
                75,
                new BigDecimal("152.3"),
                null,
                new BigDecimal("152.25"),
                new BigDecimal("152.25"),
                Instant.parse("2026-11-30T04:30:00Z").toEpochMilli())),
        updates);
  }

  @Test
  void theSpellingOfKeysDoesNotMatter() {
    tell(UPDATE.formatted("77", 75, "TRADED"));
    String other =
        UPDATE
            .formatted("77", 75, "TRADED")
            .replace("OrderNo\":\"77", "orderNo\":\"77")
            .replace("TradedQty", "tradedQty")
            .replace("\"Data\"", "\"data\"");
    tell(other);
    assertEquals(updates.getFirst(), updates.getLast());
  }

  @Test
  void fillsAreDifferencesByOrder() {
    tell(UPDATE.formatted("1", 0, "PENDING"));
    tell(UPDATE.formatted("1", 75, "PENDING"));
    tell(UPDATE.formatted("1", 75, "PENDING"));
    tell(UPDATE.formatted("2", 50, "PENDING"));
    tell(UPDATE.formatted("1", 150, "TRADED"));
    tell(UPDATE.formatted("1", 75, "PENDING"));
    tell(UPDATE.formatted("1", 150, "TRADED"));
    assertEquals(List.of(0L, 75L, 0L, 50L, 75L, 0L, 0L), fills);
  }

  @Test
  void othersAreIgnored() {
    assertNull(tell("{\"Type\":\"login\",\"Data\":{}}"));
    assertNull(tell("{}"));
    assertEquals(List.of(), updates);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a message of orders is no JSON | {\"Data\":",
        "an order without a number | {\"Data\":{},\"Type\":\"order_alert\"}",
      })
  void whatCannotBeReadIsSaid(String reason, String message) {
    assertEquals(reason, tell(message));
  }

  @Property
  void anyBytesAreNoException(@ForAll byte[] message, @ForAll boolean framed) {
    String text = new String(message, StandardCharsets.ISO_8859_1).replaceAll("[\"\\\\]", "");
    tell(framed ? UPDATE.formatted(text, 5, text) : text);
  }

  @Test
  void theOrdersThatAreRememberedAreLimited() {
    for (int i = 0; i <= 50_000; i++) {
      tell("{\"Type\":\"order_alert\",\"Data\":{\"OrderNo\":\"%d\"}}".formatted(i));
    }
    assertEquals(1, orders.forgotten());
    assertEquals(50_001, updates.size());
  }

  private String tell(String message) {
    return orders.onMessage(message.getBytes(StandardCharsets.UTF_8));
  }
}
