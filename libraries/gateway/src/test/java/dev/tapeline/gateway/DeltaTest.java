package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Subscriptions that get what has changed (RFC 7396): a mirror of them is what was published. */
class DeltaTest {

  private static final String CHANNEL = "ticker@A";
  private static final String SUBSCRIBE = "{\"channel\":\"ticker@A\",\"delta\":true%s}";

  private final TestGateway gateway =
      new TestGateway(config -> config.hub(it -> it.ringBytes(64 << 10)));

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** A client that keeps the value that it was told, and checks what it can. */
  private static final class Mirror {

    private JsonNode value = TestClient.JSON.nullNode();
    private long seq = -1;
    private int deltas;
    private int checked;

    void take(JsonNode message) {
      String type = message.path("type").asString("");
      if (type.equals("gap")) {
        value = TestClient.JSON.nullNode();
      } else if (message.has("delta")) {
        deltas++;
        assertEquals(seq + 1, message.path("from").asLong(message.path("seq").asLong()));
        value = merged(value, message.get("delta"));
      } else if (message.has("data")) {
        value = message.get("data");
      }
      if (message.has("crc")) {
        checked++;
        assertEquals(message.get("crc").asString(), checksum(value));
      }
      if (message.has("seq")) {
        seq = message.get("seq").asLong();
      }
    }

    /** RFC 7396, section 2. */
    private static JsonNode merged(JsonNode target, JsonNode patch) {
      if (!patch.isObject()) {
        return patch;
      }
      ObjectNode result =
          target.isObject() ? (ObjectNode) target.deepCopy() : TestClient.JSON.createObjectNode();
      patch
          .properties()
          .forEach(member -> {
            if (member.getValue().isNull()) {
              result.remove(member.getKey());
            } else {
              JsonNode before = result.path(member.getKey());
              result.set(member.getKey(), merged(before, member.getValue()));
            }
          });
      return result;
    }

    /** Enough of RFC 8785 for what is published here. */
    private static String checksum(JsonNode value) {
      StringBuilder out = new StringBuilder();
      canonical(value, out);
      CRC32 crc = new CRC32();
      crc.update(out.toString().getBytes(StandardCharsets.UTF_8));
      return "%08x".formatted(crc.getValue());
    }

    private static void canonical(JsonNode value, StringBuilder out) {
      if (!value.isObject()) {
        out.append(value);
        return;
      }
      List<String> names = new ArrayList<>(value.propertyNames());
      names.sort(null);
      String separator = "{";
      for (String name : names) {
        out.append(separator).append('"').append(name).append("\":");
        canonical(value.get(name), out);
        separator = ",";
      }
      out.append('}');
    }
  }

  private static Mirror mirror(TestClient client, long upTo) {
    client.await(m -> m.path("type").asString("").equals("data") && m.path("seq").asLong() == upTo);
    Mirror mirror = new Mirror();
    for (String text : client.texts()) {
      mirror.take(TestClient.JSON.readTree(text));
    }
    return mirror;
  }

  private static String value(Random random) {
    ObjectNode value = TestClient.JSON.createObjectNode();
    for (int i = 0; i < 20; i++) {
      if (random.nextInt(10) > 0) {
        value.put("field" + i, "value" + random.nextInt(2));
      }
      if (random.nextInt(10) > 0) {
        value.putObject("nested" + i).put("a", random.nextInt(2)).put("b", random.nextInt(2));
      }
    }
    return value.toString();
  }

  @Test
  void aMirrorOfTheDeltasIsWhatWasPublished() {
    Random random = new Random(7);
    gateway.publish(CHANNEL, value(random));
    try (TestClient client = gateway.client("/ws")) {
      client.subscribe(SUBSCRIBE.formatted(""));
      String last = "";
      for (int i = 0; i < 200; i++) {
        last = value(random);
        gateway.publish(CHANNEL, last);
        LockSupport.parkNanos(500_000); // in a burst a busy client gets few and large deltas
      }
      Mirror mirror = mirror(client, 200);
      assertEquals(TestClient.JSON.readTree(last), mirror.value);
      assertTrue(mirror.deltas > 20, () -> mirror.deltas + " deltas");
      assertTrue(mirror.checked > 3, () -> mirror.checked + " checksums");
    }
  }

  @Test
  void conflatedDeltasChangeWhatWasSentBefore() {
    Random random = new Random(8);
    gateway.publish(CHANNEL, value(random));
    try (TestClient client = gateway.client("/ws");
        TestClient slower = gateway.client("/ws")) {
      client.subscribe(SUBSCRIBE.formatted(",\"mode\":\"latest\",\"maxRate\":50"));
      slower.subscribe(SUBSCRIBE.formatted(",\"mode\":\"latest\",\"maxRate\":20"));
      String last = "";
      for (int i = 0; i < 300; i++) {
        last = value(random);
        gateway.publish(CHANNEL, last);
        LockSupport.parkNanos(1_000_000);
      }
      Mirror mirror = mirror(client, 300);
      assertEquals(TestClient.JSON.readTree(last), mirror.value);
      assertTrue(mirror.deltas > 3, () -> mirror.deltas + " deltas");
      assertEquals(TestClient.JSON.readTree(last), mirror(slower, 300).value);
    }
  }

  @Test
  void twoClientsThatBeganApartShareTheDeltas() {
    try (TestClient first = gateway.client("/ws");
        TestClient second = gateway.client("/ws")) {
      first.subscribe(SUBSCRIBE.formatted(""));
      gateway.publish(CHANNEL, "{\"a\":1,\"b\":\"unchanged, and so longer than a change\"}");
      first.await(m -> m.path("seq").asLong() == 1 && m.has("data"));
      second.subscribe(SUBSCRIBE.formatted(""));
      gateway.publish(CHANNEL, "{\"a\":2,\"b\":\"unchanged, and so longer than a change\"}");
      for (TestClient client : List.of(first, second)) {
        JsonNode delta = client.await(m -> m.path("seq").asLong() == 2);
        assertEquals("{\"a\":2}", delta.path("delta").toString());
        assertFalse(delta.has("data"));
      }
    }
  }

  /**
   * JavaScript has no such number, and no such text in UTF-8: there is no form that all agree on.
   */
  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "\"\\ud800\""})
  void whatHasNoCanonicalFormComesWithoutAChecksum(String odd) {
    try (TestClient client = gateway.client("/ws")) {
      client.subscribe(SUBSCRIBE.formatted(""));
      for (int n = 1; n <= 70; n++) {
        gateway.publish(CHANNEL, "{\"n\":%d,\"odd\":%s,\"more\":\"unchanged\"}".formatted(n, odd));
      }
      client.await(m -> m.path("seq").asLong() == 70);
      assertEquals(69, client.texts().stream().filter(t -> t.contains("\"delta\":")).count());
      assertFalse(client.texts().stream().anyMatch(text -> text.contains("\"crc\"")));
    }
  }

  @Test
  void whatNoPatchCanSayComesWhole() {
    try (TestClient client = gateway.client("/ws")) {
      client.subscribe(SUBSCRIBE.formatted(""));
      List<String> values =
          List.of(
              "{\"a\":1,\"filler\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
              "{\"a\":null,\"filler\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
              "{\"a\":1e99999999999,\"filler\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
              "[1,2,3]",
              "no JSON",
              "{\"a\":1}");
      values.forEach(value -> gateway.publish(CHANNEL, value));
      Mirror mirror = mirror(client, 6);
      assertEquals(0, mirror.deltas);
      assertEquals(TestClient.JSON.readTree("{\"a\":1}"), mirror.value);
    }
  }

  @Test
  void decimalsKeepTheirDigits() {
    gateway.publish(
        CHANNEL, "{\"p\":1000.50,\"filler\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}");
    try (TestClient client = gateway.client("/ws")) {
      client.subscribe(SUBSCRIBE.formatted(""));
      gateway.publish(
          CHANNEL, "{\"p\":1000.70,\"filler\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}");
      client.await(m -> m.has("delta"));
      assertTrue(client.texts().getLast().endsWith("\"delta\":{\"p\":1000.70}}"));
    }
  }

  /** Its lane is busy while more comes than the ring holds. */
  @Test
  void aClientThatWasOverrunBeginsAgainWithTheValue() {
    Random random = new Random(9);
    gateway.publish(CHANNEL, value(random));
    gateway.publish("depth@A", "1");
    String last = value(random);
    gateway.beforeSnapshot(() -> {
      for (int i = 0; i < 2999; i++) {
        gateway.publish(CHANNEL, value(random));
      }
      gateway.publish(CHANNEL, last);
    });
    try (TestClient client = gateway.client("/ws")) {
      client.subscribe(SUBSCRIBE.formatted(""));
      client.subscribe("{\"channel\":\"depth@A\",\"snapshot\":true}");
      Mirror mirror = new Mirror();
      client.await(message -> {
        if (message.path("channel").asString("").equals(CHANNEL)) {
          mirror.take(message);
        }
        return mirror.seq == 3000;
      });
      assertEquals(1, client.ofType("gap").size());
      assertEquals(TestClient.JSON.readTree(last), mirror.value);
    }
  }

  @Test
  void channelsWithoutAValueHaveNoDeltas() {
    try (TestClient client = gateway.client("/ws")) {
      JsonNode answer = client.subscribe("{\"channel\":\"trade@A\",\"delta\":true}");
      assertEquals("delta", answer.path("rejected").get(0).path("code").asString());
      client.subscribe("{\"channel\":\"*@A\",\"delta\":true}");
      gateway.publish("trade@A", "{\"n\":1,\"filler\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}");
      gateway.publish("trade@A", "{\"n\":2,\"filler\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}");
      assertTrue(client.await(m -> m.path("seq").asLong() == 2).has("data"));
    }
  }
}
