package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Centrifugo's question for history. */
class CentrifugoHistoryTest {

  private TestGateway gateway;
  private TestClient client;
  private int id = 1;

  /** The log holds the numbers 11 to 20. */
  @BeforeEach
  void start() {
    gateway =
        new TestGateway(TestChannels.bus(1000, TestChannels.rule("trade@*", 10)), config -> config);
    client = gateway.client("/connection/websocket");
    client.send("{\"connect\":{},\"id\":1}");
    for (int n = 1; n <= 20; n++) {
      gateway.publish("trade@A", "{\n\"n\":%d}".formatted(n));
    }
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private JsonNode ask(String channel, String fields) {
    int number = ++id;
    client.send(
        "{\"history\":{\"channel\":\"%s\"%s},\"id\":%d}".formatted(channel, fields, number));
    return client.await(m -> m.path("id").asInt(0) == number);
  }

  private static String since(String epoch, int offset) {
    return ",\"since\":{\"epoch\":\"%s\",\"offset\":%d}".formatted(epoch, offset);
  }

  private String epoch() {
    return ask("trade@A", "").path("history").path("epoch").asString();
  }

  private List<Integer> offsets(String fields) {
    JsonNode publications = ask("trade@A", fields).path("history").path("publications");
    return publications.valueStream().map(p -> p.path("offset").asInt()).toList();
  }

  private int errorOf(String channel, String fields) {
    return ask(channel, fields).path("error").path("code").asInt(0);
  }

  @Test
  void withoutALimitThePositionIsTold() {
    JsonNode history = ask("trade@A", "").path("history");
    assertEquals(20, history.path("offset").asInt());
    assertFalse(history.path("epoch").asString().isEmpty());
    assertTrue(history.path("publications").isEmpty());
  }

  @Test
  void publicationsComeOnOneLineFromTheOldestOn() {
    assertEquals(List.of(11, 12), offsets(",\"limit\":2"));
    String text = client.texts().getLast();
    assertTrue(text.contains("{\"data\":{ \"n\":11},\"offset\":11},{\"data\""), text);
  }

  @Test
  void aPositionIsWhereItGoesOn() {
    String epoch = epoch();
    assertEquals(List.of(18, 19), offsets(",\"limit\":2" + since(epoch, 17)));
    assertEquals(List.of(19, 20), offsets(",\"limit\":-1" + since(epoch, 18)));
    assertEquals(List.of(), offsets(",\"limit\":5" + since(epoch, 20)));
  }

  @Test
  void reverseGoesFromTheNewestToTheOldest() {
    String epoch = epoch();
    String reverse = ",\"reverse\":true,\"limit\":3";
    assertEquals(List.of(20, 19, 18), offsets(reverse));
    assertEquals(List.of(17, 16, 15), offsets(reverse + since(epoch, 18)));
    assertEquals(List.of(12, 11), offsets(reverse + since(epoch, 13)));
    assertEquals(List.of(), offsets(reverse + since(epoch, 5)));
    assertEquals(List.of(), offsets(reverse + since(epoch, 1)));
  }

  @Test
  void whatCanNotBeAnsweredIsSo() {
    assertEquals(112, errorOf("trade@A", ",\"limit\":1" + since("other", 1)));
    assertEquals(107, errorOf("trade@A", ",\"limit\":1,\"since\":{\"offset\":1}"));
    assertEquals(107, errorOf("trade@*", ",\"limit\":1"));
    assertEquals(108, errorOf("news:A", ",\"limit\":1"));
  }
}
