package dev.tapeline.feed.dhan;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.Detail;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The socket of the account's own orders. */
class OrderSocketTest {

  private final Script script = script(true);

  private static Script script(boolean orders) {
    return new Script(o ->
        new DhanOptions(
            o.account(),
            o.sockets(),
            o.limits(),
            o.deepBooks(),
            o.mode(),
            o.tradeTimeAhead(),
            o.chainInterval(),
            o.tokens(),
            orders,
            o.budgets(),
            o.seed()));
  }

  @Test
  void itIsOpenedOnlyWhereItIsWanted() {
    assertEquals(List.of(), script(false).watch(Map.of()).pass(1).took("open"));
    assertEquals(List.of("open orders 0"), script.watch(Map.of()).took("open"));
  }

  @Test
  void theLoginIsAMessage() {
    script.watch(Map.of()).opened("orders");
    assertEquals(
        List.of("send orders {LoginReq:{MsgCode:42,ClientId:1000,Token:token-1},UserType:SELF}"),
        script.took("send"));
    assertEquals(
        "wss://api-order-update.dhan.co/", script.addresses.get("orders").get().uri().toString());
  }

  @Test
  void updatesReachTheirListener() {
    script.watch(Map.of()).opened("orders");
    script.text(
        "orders",
        "{\"Type\":\"order_alert\",\"Data\":{\"OrderNo\":\"7\",\"Status\":\"Traded\","
            + "\"TradedQty\":75}}");
    assertEquals(List.of("listening since 0", "7 TRADED 75"), script.orders);
    assertEquals(List.of(), script.told());
    script.text("orders", "nonsense");
    assertTrue(script.took().contains("fault orders: a message of orders is no JSON"));
  }

  @Test
  void silenceForAnHourIsNormal() {
    script.watch(Map.of()).opened("orders").took();
    script.pass(3_600);
    assertEquals(List.of(), script.took("open"));
  }

  @Test
  void anEndIsFollowedByAnotherAttempt() {
    script.watch(Map.of()).opened("orders").took();
    script.reset("orders");
    assertEquals(List.of("open orders 200"), script.took("open"));
    script.open = false;
    script.reset("orders");
    assertEquals(List.of("open orders 60000"), script.took("open"));
  }

  @Test
  void whatMayBeMissingAfterAReconnectIsSaid() {
    script.watch(Map.of()).opened("orders").pass(2.1);
    assertEquals(List.of("listening since 0"), script.orders);
    script.reset("orders").pass(1).opened("orders").reset("orders").opened("orders").pass(2.1);
    assertEquals(List.of("listening since 0", "listening since 2100"), script.orders);
  }

  @Test
  void aLoginThatIsRefusedAsksForTheReason() {
    script.watch(Map.of()).opened("orders").took();
    script.reset("orders");
    assertEquals(List.of("call profile"), script.took("call"));
    assertEquals(List.of(), script.orders);
  }

  @Test
  void withoutATokenItIsNotOpened() {
    script.token = null;
    script.watch(Map.of());
    assertEquals(List.of(), script.took("open"));
    script.token = "token-2";
    script.pass(3);
    assertEquals(List.of("open orders 0"), script.took("open"));
  }

  @Test
  void aRefusedAccountClosesIt() {
    script.watch(Map.of(HDFCBANK, Detail.QUOTE)).opened("feed-1").opened("orders").took();
    script.frame("feed-1", Dhan.disconnect(807));
    assertEquals(List.of("close feed-1", "close orders"), script.took("close"));
  }
}
