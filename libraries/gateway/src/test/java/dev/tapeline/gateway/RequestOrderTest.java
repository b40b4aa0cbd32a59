package dev.tapeline.gateway;

import static dev.tapeline.gateway.TestChannels.awaitNumber;
import static dev.tapeline.gateway.TestChannels.first;
import static dev.tapeline.gateway.TestChannels.numbers;
import static dev.tapeline.gateway.TestChannels.recover;
import static dev.tapeline.gateway.TestChannels.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A client that asks for a channel again while what it missed of it is read from the log. */
class RequestOrderTest {

  private static final String CHANNEL = "option-chain:A:1";

  private final LateNode node = new LateNode(CHANNEL);
  private TestClient client;

  /** The client holds 1 and 2 of 5, and the log that has the rest does not answer yet. */
  @BeforeEach
  void start() {
    node.publish(1, 5);
    String epoch = node.bus.log().read(CHANNEL, 0, 0).toCompletableFuture().join().top().epoch();
    client = node.client();
    node.log().holdBack();
    ask(1, recover(CHANNEL, epoch, 2));
    TestGateway.awaitTrue(() -> node.log().waiting() == 1);
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private void ask(int id, String... channels) {
    client.send(
        "{\"action\":\"subscribe\",\"requestId\":%d,\"channels\":[%s]}"
            .formatted(id, String.join(",", channels)));
  }

  private static String inMode(String mode) {
    return "{\"channel\":\"%s\",\"mode\":\"%s\"}".formatted(CHANNEL, mode);
  }

  private JsonNode answer(int id) {
    return client.await(m -> m.path("requestId").asInt() == id);
  }

  private void unsubscribe(int id) {
    client.send(
        "{\"action\":\"unsubscribe\",\"requestId\":%d,\"channels\":[\"%s\"]}"
            .formatted(id, CHANNEL));
  }

  private List<Integer> answered() {
    return client.texts().stream()
        .map(TestClient.JSON::readTree)
        .filter(m -> m.has("requestId"))
        .map(m -> m.path("requestId").asInt())
        .toList();
  }

  @Test
  void otherOptionsComeAfterTheRecovery() {
    ask(2, inMode("latest"));
    ask(3, "\"other\"");
    answer(3);
    assertEquals(List.of(3), answered());
    node.log().catchUp();
    assertEquals("latest", first(answer(2)).path("mode").asString());
    assertEquals(List.of(3, 1, 2), answered());
    assertTrue(first(answer(1)).path("recovered").asBoolean());
    node.publish(6, 6);
    awaitNumber(client, 6);
    assertEquals(
        upTo(3, 6), client.ofType("data").stream().flatMap(RequestOrderTest::range).toList());
  }

  /** The numbers that a frame stands for. */
  private static Stream<Long> range(JsonNode data) {
    long seq = data.path("seq").asLong();
    return upTo(data.path("from").asLong(seq), seq).stream();
  }

  @Test
  void whatWasGivenUpIsNotRecovered() {
    unsubscribe(2);
    answer(2);
    ask(3, inMode("all"));
    assertFalse(first(answer(3)).path("recovered").asBoolean(false));
    assertEquals(List.of(1, 2, 3), answered());
    assertTrue(answer(1).path("channels").isEmpty());
    node.log().catchUp();
    node.publish(6, 6);
    awaitNumber(client, 6);
    assertEquals(List.of(6L), numbers(client));
  }

  @Test
  void theRestOfARequestIsAnswered() {
    ask(2, "\"other\"", inMode("all"));
    unsubscribe(3);
    JsonNode granted = answer(2).path("channels");
    assertEquals(1, granted.size());
    assertEquals("other", granted.get(0).path("channel").asString());
    answer(3);
    assertEquals(1, answered().getFirst());
  }

  @Test
  void aPatternGoesOnByItselfMeanwhile() {
    ask(2, "\"option-chain:A:*\"");
    answer(2);
    node.publish(6, 6);
    JsonNode announced = client.awaitType("data");
    assertEquals("option-chain:A:*", announced.path("pattern").asString());
    assertTrue(announced.has("epoch"), announced::toString);
    client.send("{\"action\":\"unsubscribe\",\"requestId\":3,\"channels\":[\"option-chain:A:*\"]}");
    answer(3);
    node.publish(7, 7);
    node.log().catchUp();
    awaitNumber(client, 7);
    assertEquals(List.of(3, 1), answered().subList(1, 3));
    assertEquals(List.of(6L, 3L, 4L, 5L, 6L, 7L), numbers(client));
  }
}
