package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.DurableRules;
import dev.tapeline.embedded.EmbeddedBus;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client can ask of the past. */
class HistoryTest {

  private final AtomicLong clock = new AtomicLong(1_000);
  private TestGateway gateway;
  private TestClient client;

  @BeforeEach
  void start() {
    EmbeddedBus bus = new EmbeddedBus(1000, DurableRules.of("trade@*"), clock::get);
    gateway = new TestGateway(bus, config -> config);
    client = gateway.client("/ws");
    for (int n = 1; n <= 5; n++) {
      clock.set(n * 1_000L);
      gateway.publish("trade@A", "{\"n\": %d}".formatted(n));
    }
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private JsonNode ask(String fields) {
    int before = client.size();
    client.send("{\"action\":\"history\",\"requestId\":\"q\"" + fields + "}");
    return client.awaitFrom(before, m -> m.path("requestId").asString("").equals("q"));
  }

  private static List<Long> numbers(JsonNode answer) {
    return StreamSupport.stream(answer.path("publications").spliterator(), false)
        .map(p -> p.path("seq").asLong())
        .toList();
  }

  private String epoch() {
    return ask(",\"channel\":\"trade@A\"").path("epoch").asString();
  }

  @Test
  void newestComeWithoutPosition() {
    JsonNode answer = ask(",\"channel\":\"trade@A\",\"limit\":2");
    assertEquals("history", answer.path("type").asString());
    assertEquals(List.of(4L, 5L), numbers(answer));
    assertEquals(5, answer.path("top").asLong());
    assertEquals(1, answer.path("oldest").asLong());
    assertFalse(answer.path("more").asBoolean(true));
  }

  @Test
  void positionIsTheFirstThatIsGiven() {
    JsonNode answer =
        ask(
            ",\"channel\":\"trade@A\",\"limit\":2,\"from\":{\"epoch\":\"%s\",\"seq\":2}"
                .formatted(epoch()));
    assertEquals(List.of(2L, 3L), numbers(answer));
    assertTrue(answer.path("more").asBoolean());
    assertEquals(2_000, answer.path("publications").get(0).path("time").asLong());
  }

  @Test
  void bytesAreThoseThatWerePublished() {
    ask(",\"channel\":\"trade@A\",\"limit\":1");
    assertTrue(client.texts().getLast().contains("\"data\":{\"n\": 5}"), client.texts()::toString);
  }

  @Test
  void timeGivesWhatWasLoggedThenOrLater() {
    assertEquals(List.of(3L, 4L, 5L), numbers(ask(",\"channel\":\"trade@A\",\"since\":2001")));
    assertEquals(List.of(2L), numbers(ask(",\"channel\":\"trade@A\",\"since\":2000,\"limit\":1")));
    assertEquals(List.of(), numbers(ask(",\"channel\":\"trade@A\",\"since\":5001")));
  }

  @Test
  void emptyLogHasAnEpochAndNothingElse() {
    JsonNode answer = ask(",\"channel\":\"trade@NONE\"");
    assertEquals(List.of(), numbers(answer));
    assertEquals(0, answer.path("top").asLong());
    assertFalse(answer.path("epoch").asString().isEmpty());
  }

  @Test
  void eachBadQuestionIsToldWhy() {
    assertEquals("no_history", ask(",\"channel\":\"plain\"").path("code").asString());
    assertEquals("bad_request", ask("").path("code").asString());
    assertEquals("bad_channel", ask(",\"channel\":\"a[b\"").path("code").asString());
    for (String fields :
        List.of(
            ",\"limit\":0",
            ",\"limit\":1001",
            ",\"limit\":\"5\"",
            ",\"since\":-1",
            ",\"since\":\"now\"",
            ",\"from\":7",
            ",\"from\":{\"epoch\":\"e\",\"seq\":1},\"since\":5")) {
      JsonNode answer = ask(",\"channel\":\"trade@A\"" + fields);
      assertEquals("bad_request", answer.path("code").asString(), fields);
    }
    JsonNode ended = ask(",\"channel\":\"trade@A\",\"from\":{\"epoch\":\"other\",\"seq\":1}");
    assertEquals("epoch", ended.path("code").asString());
    assertTrue(ended.path("message").asString().contains("up to number 5"));
  }

  @Test
  void theRequestIdComesBackAsItWasSent() {
    client.send("{\"action\":\"history\",\"requestId\":[1e400, 1.0],\"channel\":\"trade@A\"}");
    client.awaitType("history");
    String answer = client.texts().getLast();
    assertTrue(answer.startsWith("{\"type\":\"history\",\"requestId\":[1e400, 1.0],"), answer);
  }
}
