package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Action Cable on {@code /cable}. */
class CableProtocolTest {

  private static final String DASHBOARD = "{\"channel\":\"DashboardUpdatesChannel\"}";
  private static final String NIFTY = "{\"channel\":\"TicksChannel\",\"symbol\":\"NIFTY\"}";
  private static final String NIFTY_OTHERWISE =
      "{\"symbol\":\"NIFTY\",\"channel\":\"TicksChannel\"}";

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        new TestGateway(config -> config.clients(it -> it.withMaxChannels(3).withRateBurst(1000)));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private TestClient client() {
    return new TestClient(
        gateway.port,
        "/cable",
        builder -> builder.subprotocols("actioncable-v1-json", "actioncable-unsupported"));
  }

  private static String command(String command, String identifier) {
    return "{\"command\":\"%s\",\"identifier\":%s}".formatted(command, quoted(identifier));
  }

  private static String quoted(String text) {
    return TestClient.JSON.writeValueAsString(text);
  }

  private static String type(JsonNode message) {
    return message.path("type").asString("");
  }

  /** Asks, and gives the type of the answer. */
  private static String subscribe(TestClient client, String identifier) {
    int before = client.size();
    client.send(command("subscribe", identifier));
    return type(
        client.awaitFrom(
            before,
            m ->
                m.path("identifier").asString("").equals(identifier)
                    && type(m).endsWith("_subscription")));
  }

  private static List<String> data(TestClient client) {
    return client.texts().stream().filter(text -> text.contains("\"message\":{")).toList();
  }

  @Test
  void theSubprotocolIsChosenAndTheClientIsWelcome() {
    try (TestClient client = client();
        TestClient plain = gateway.client("/cable")) {
      assertEquals("{\"type\":\"welcome\"}", firstOf(client));
      assertEquals("actioncable-v1-json", client.subprotocol());
      assertEquals("{\"type\":\"welcome\"}", firstOf(plain));
      assertEquals("", plain.subprotocol());
    }
  }

  private static String firstOf(TestClient client) {
    client.awaitType("welcome");
    return client.texts().getFirst();
  }

  @Test
  void pingsComeEveryThreeSecondsInUnixSeconds() {
    try (TestClient client = client()) {
      long first = client.awaitType("ping").path("message").asLong();
      long second = nextPing(client, first);
      assertEquals(3, second - first, 2.0);
      assertEquals(System.currentTimeMillis() / 1000.0, second, 2.0);
    }
  }

  private static long nextPing(TestClient client, long after) {
    return client
        .await(m -> type(m).equals("ping") && m.path("message").asLong() > after)
        .path("message")
        .asLong();
  }

  @Test
  void dataComesUnderTheIdentifierAfterTheConfirmation() {
    try (TestClient client = client()) {
      assertEquals("confirm_subscription", subscribe(client, DASHBOARD));
      gateway.publish("live_ltp_updates", "{ \"NIFTY\": 24500.50 }");
      client.await(m -> m.has("message") && !m.has("type"));
      assertEquals(
          List.of(
              "{\"identifier\":%s,\"message\":{ \"NIFTY\": 24500.50 }}"
                  .formatted(quoted(DASHBOARD))),
          data(client));
    }
  }

  @Test
  void statesBeginWithTheNewestValueAndEventsDoNot() {
    gateway.publish("market:tick:NIFTY", "{\"n\":1}");
    gateway.publish("live_ltp_updates", "{\"n\":1}");
    try (TestClient client = client()) {
      subscribe(client, DASHBOARD);
      subscribe(client, NIFTY);
      gateway.publish("live_ltp_updates", "{\"n\":2}");
      client.await(m -> m.path("message").path("n").asInt(0) == 2);
      assertEquals(List.of(frame(NIFTY, "{\"n\":1}"), frame(DASHBOARD, "{\"n\":2}")), data(client));
    }
  }

  private static String frame(String identifier, String payload) {
    return "{\"identifier\":%s,\"message\":%s}".formatted(quoted(identifier), payload);
  }

  @Test
  void askingAgainIsConfirmedAgainAndChangesNothing() {
    try (TestClient client = client()) {
      assertEquals("confirm_subscription", subscribe(client, NIFTY));
      assertEquals("confirm_subscription", subscribe(client, NIFTY));
      gateway.publish("market:tick:NIFTY", "{\"n\":1}");
      gateway.publish("market:tick:NIFTY", "{\"n\":2}");
      client.await(m -> m.path("message").path("n").asInt(0) == 2);
      assertEquals(2, data(client).size(), () -> client.texts().toString());
      assertEquals(1, gateway.meters.get("tapeline.subscriptions").gauge().value());
    }
  }

  @Test
  void unsubscribingEndsTheDataWithoutAnAnswer() {
    try (TestClient client = client()) {
      subscribe(client, NIFTY);
      subscribe(client, DASHBOARD);
      client.send(command("unsubscribe", NIFTY));
      client.send(command("unsubscribe", NIFTY));
      assertEquals("confirm_subscription", subscribe(client, DASHBOARD));
      gateway.publish("market:tick:NIFTY", "{\"n\":1}");
      gateway.publish("live_ltp_updates", "{\"n\":2}");
      client.await(m -> m.path("message").path("n").asInt(0) == 2);
      assertEquals(List.of(frame(DASHBOARD, "{\"n\":2}")), data(client));
      assertEquals(3, client.ofType("confirm_subscription").size());
      assertEquals("confirm_subscription", subscribe(client, NIFTY));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"channel\":\"NoChannel\"}",
        "{\"channel\":\"TicksChannel\"}",
        "{\"channel\":\"TicksChannel\",\"symbol\":null}",
        "{\"channel\":\"TicksChannel\",\"symbol\":true}",
        "{\"channel\":\"TicksChannel\",\"symbol\":[\"NIFTY\"]}",
        "{\"channel\":\"TicksChannel\",\"symbol\":\"\"}",
        "{\"channel\":\"TicksChannel\",\"symbol\":\"*\"}",
        "{\"channel\":\"OptionChainChannel\",\"symbol\":\"A:B\",\"expiry\":\"C\"}",
        "[\"TicksChannel\"]",
        "TicksChannel",
        ""
      })
  void identifiersThatMeanNoChannelAreRejectedAndCounted(String identifier) {
    try (TestClient client = client()) {
      assertEquals("reject_subscription", subscribe(client, identifier));
      assertEquals("confirm_subscription", subscribe(client, NIFTY));
      assertEquals(1, gateway.metric("tapeline.subscriptions.rejected"));
    }
  }

  /** As Go, Gson, PHP, Python and Ruby write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"channel\":\"TicksChannel\",\"symbol\":\"M\\u0026M\"}",
        "{\"symbol\":\"M\\u0026M\",\"channel\":\"TicksChannel\"}",
        "{\"channel\": \"TicksChannel\", \"symbol\": \"M&M\"}",
        "{\n\t\"channel\" : \"Ticks\\u0043hannel\",\r\n\t\"symbol\" : \"M&M\"\n}",
        "{\"channel\":\"TicksChannel\",\"symbol\":\"M&M\",\"view\":\"\\ud800 \\/ \u20b9\",\"n\":1e400}"
      })
  void anIdentifierComesBackAsTheClientWroteIt(String identifier) {
    try (TestClient first = client();
        TestClient second = client();
        TestClient common = client()) {
      String plain = "{\"channel\":\"TicksChannel\",\"symbol\":\"M&M\"}";
      assertEquals("confirm_subscription", subscribe(common, plain));
      for (TestClient client : List.of(first, second)) {
        assertEquals("confirm_subscription", subscribe(client, identifier));
      }
      gateway.publish("market:tick:M&M", "{\"n\":1}");
      for (TestClient client : List.of(first, second)) {
        JsonNode data = client.await(m -> m.path("message").has("n"));
        assertEquals(identifier, data.path("identifier").asString());
        client.send(command("unsubscribe", identifier));
        assertEquals("confirm_subscription", subscribe(client, identifier));
      }
      assertEquals(
          plain, common.await(m -> m.path("message").has("n")).path("identifier").asString());
    }
  }

  /** Each makes frames of its own; the room of a client that has gone is free again. */
  @Test
  void aChannelHasSoManySpellingsAndCommonOnesAlways() {
    List<TestClient> clients = new ArrayList<>();
    try {
      for (int i = 1; i <= 16; i++) {
        clients.add(client());
        assertEquals("confirm_subscription", subscribe(clients.getLast(), spaced(i)));
      }
      try (TestClient late = client()) {
        assertEquals("reject_subscription", subscribe(late, spaced(17)));
        assertEquals("confirm_subscription", subscribe(late, spaced(16)));
        late.send(command("unsubscribe", spaced(16)));
        assertEquals("confirm_subscription", subscribe(late, DASHBOARD));
        late.send(command("unsubscribe", DASHBOARD));
        clients.getFirst().close();
        TestGateway.awaitTrue(() -> subscribe(late, spaced(17)).equals("confirm_subscription"));
      }
    } finally {
      clients.forEach(TestClient::close);
    }
  }

  private static String spaced(int blanks) {
    return "{" + " ".repeat(blanks) + DASHBOARD.substring(1);
  }

  /** The client is told no more than that it was rejected. */
  @Test
  void theLogSaysWhyAnIdentifierIsRejected() {
    Logger audit = (Logger) LoggerFactory.getLogger("tapeline.audit");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Level before = audit.getLevel();
    audit.setLevel(Level.INFO);
    audit.addAppender(lines);
    try (TestClient client = client()) {
      String identifier = "{\"channel\":\"TicksChannel\",\"symbol\":null,\"n\":%d}";
      assertEquals(
          "reject_subscription",
          subscribe(client, identifier.formatted(ThreadLocalRandom.current().nextInt())));
      assertTrue(
          List.copyOf(lines.list).stream()
              .anyMatch(line ->
                  line.getLevel() == Level.INFO
                      && line.getFormattedMessage()
                          .endsWith(
                              "}: TicksChannel has the parameter symbol, a string or number")),
          lines.list::toString);
    } finally {
      audit.detachAppender(lines);
      audit.setLevel(before);
    }
  }

  @Test
  void longIdentifiersAreRejected() {
    try (TestClient client = client()) {
      String rest = NIFTY.substring(0, NIFTY.length() - 2);
      assertEquals("reject_subscription", subscribe(client, rest + "Y".repeat(500) + "\"}"));
    }
  }

  @Test
  void eachClientHasOneIdentifierForAChannel() {
    try (TestClient first = client();
        TestClient second = client()) {
      assertEquals("confirm_subscription", subscribe(first, NIFTY));
      assertEquals("confirm_subscription", subscribe(second, NIFTY_OTHERWISE));
      assertEquals("reject_subscription", subscribe(first, NIFTY_OTHERWISE));
      gateway.publish("market:tick:NIFTY", "{\"n\":1}");
      first.await(m -> m.path("message").has("n"));
      second.await(m -> m.path("message").has("n"));
      assertEquals(List.of(frame(NIFTY, "{\"n\":1}")), data(first));
      assertEquals(List.of(frame(NIFTY_OTHERWISE, "{\"n\":1}")), data(second));
    }
  }

  @Test
  void whatIsBeyondTheLimitIsRejected() {
    try (TestClient client = client()) {
      for (String symbol : List.of("A", "B", "C")) {
        assertEquals("confirm_subscription", subscribe(client, NIFTY.replace("NIFTY", symbol)));
      }
      assertEquals("reject_subscription", subscribe(client, NIFTY));
      client.send(command("unsubscribe", NIFTY.replace("NIFTY", "A")));
      assertEquals("confirm_subscription", subscribe(client, NIFTY));
    }
  }

  @Test
  void whatMakesNoSenseIsPassedOverUntilItIsTooMuch() {
    try (TestClient client = client()) {
      subscribe(client, NIFTY);
      for (String bad : List.of("{", "[]", "{}", "{\"command\":\"subscribe\"}", "3")) {
        client.send(bad);
      }
      client.send(command("leave", NIFTY));
      assertEquals("confirm_subscription", subscribe(client, NIFTY));
      assertEquals(6, gateway.metricOf("tapeline.dropped", "reason", "bad_message"));
      for (int i = 0; i <= 100; i++) {
        client.send("{");
      }
      assertEquals(4501, client.awaitClose());
      assertEquals(2, client.ofType("confirm_subscription").size());
    }
  }

  @Test
  void performingIsNoOffence() {
    try (TestClient client = client()) {
      subscribe(client, NIFTY);
      String perform = command("message", NIFTY).replace("}\"}", "}\",\"data\":\"{}\"}");
      for (int i = 0; i <= 100; i++) {
        client.send(perform);
      }
      assertEquals("confirm_subscription", subscribe(client, NIFTY));
      assertEquals(0, gateway.metricOf("tapeline.dropped", "reason", "bad_message"));
    }
  }

  @Test
  void atShutdownClientsAreToldToComeBack() throws InterruptedException {
    try (TestClient client = client()) {
      subscribe(client, NIFTY);
      gateway.gateway.drain(Duration.ofMillis(200));
      assertEquals(4000, client.awaitClose());
      assertTrue(
          client
              .texts()
              .contains(
                  "{\"type\":\"disconnect\",\"reason\":\"server_restart\",\"reconnect\":true}"));
    }
  }
}
