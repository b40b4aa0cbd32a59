package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.compose.LiveServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * npm's {@code @rails/actioncable}. Its protocol can't ask for missed messages: pages fetch them at
 * {@code connected}.
 */
@ExtendWith(WithNode.class)
@Timeout(240)
class ActionCableTest {

  private static final String DASHBOARD = "{\"channel\":\"DashboardUpdatesChannel\"}";
  private static final String NIFTY = "{\"channel\":\"TicksChannel\",\"symbol\":\"NIFTY\"}";
  private static final String UPDATE = "{\"key\":\"IDX_I:13\",\"symbol\":\"NIFTY\",\"ltp\":%s}";

  private LiveServer server;
  private NodeClient client;

  @BeforeEach
  void start() {
    server = LiveServer.start();
    client = NodeClient.start("cable", server.ws("/cable"));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static void assertReceived(String name, String ltp, JsonNode event) {
    assertEquals(name, event.path("name").asString());
    assertEquals(ltp, event.path("data").path("ltp").toString());
  }

  @Test
  void subscribesReceivesPerformsAndUnsubscribes() {
    client.send("subscribe", DASHBOARD);
    assertFalse(client.await("connected").path("reconnected").asBoolean());
    server.publish("live_ltp_updates", UPDATE.formatted("24500.5"));
    assertReceived(DASHBOARD, "24500.5", client.await("received"));
    client.send("subscribe", NIFTY);
    assertEquals(NIFTY, client.await("connected").path("name").asString());
    client.send("perform", DASHBOARD);
    client.send("unsubscribe", DASHBOARD);
    server.awaitMetric("tapeline_subscriptions", 1);
    server.publish("market:tick:NIFTY", UPDATE.formatted("24501"));
    assertReceived(NIFTY, "24501", client.await("received"));
  }

  @Test
  void isToldOfTheNewestValueOfAState() {
    server.publish("market:tick:NIFTY", UPDATE.formatted("1"));
    client.send("subscribe", NIFTY);
    assertReceived(NIFTY, "1", client.await("received"));
    assertEquals(1, client.all("connected").size());
  }

  /** Parameters are the members of an object: a number stays a number, and there may be others. */
  @Test
  void itsParametersMayBeNumbersAmongOthers() {
    String token = "{\"channel\":\"TicksChannel\",\"symbol\":26000,\"view\":\"a/b & c\"}";
    client.send("subscribe", token);
    assertEquals(token, client.await("connected").path("name").asString());
    server.publish("market:tick:26000", UPDATE.formatted("3"));
    assertReceived(token, "3", client.await("received"));
  }

  @Test
  void isRejectedWhereThereIsNoSuchChannel() {
    client.send("subscribe", "{\"channel\":\"NoSuchChannel\"}");
    client.await("rejected");
    client.send("subscribe", DASHBOARD);
    assertEquals(DASHBOARD, client.await("connected").path("name").asString());
  }

  @Test
  void comesBackByItselfAfterARestart() {
    client.send("subscribe", DASHBOARD);
    client.await("connected");
    server.restart();
    assertTrue(client.await("disconnected").path("willAttemptReconnect").asBoolean());
    assertTrue(client.await("connected").path("reconnected").asBoolean());
    server.publish("live_ltp_updates", UPDATE.formatted("2"));
    assertReceived(DASHBOARD, "2", client.await("received"));
  }
}
