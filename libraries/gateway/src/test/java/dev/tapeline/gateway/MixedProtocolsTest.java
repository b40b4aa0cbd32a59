package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Publication;
import dev.tapeline.protocols.cable.CableMapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients of every protocol on the same channels of one hub: all see the same numbers. */
class MixedProtocolsTest {

  private static final int CLIENTS = 3;
  private static final int CHANNELS = 8;
  private static final int ROUNDS = 250;
  private static final Pattern NUMBER = Pattern.compile("\"k\":\"(M\\d+)\",\"n\":(\\d+)");

  private final TestGateway gateway =
      new TestGateway(config ->
          config
              .protocols(it -> it.withCable(CableMapping.parse("MixChannel=trade@{m}")))
              .connections(it -> it.withMaxPerAddress(10_000)));
  private final List<TestClient> sockets = new ArrayList<>();

  private static List<String> channels() {
    return IntStream.range(0, CHANNELS).mapToObj(i -> "trade@M" + i).toList();
  }

  private static String quoted() {
    return channels().stream().collect(Collectors.joining("\",\"", "\"", "\""));
  }

  private TestClient client(String path) {
    TestClient client = gateway.client(path);
    sockets.add(client);
    return client;
  }

  private Supplier<List<String>> byAction(String path) {
    TestClient client = client(path);
    client.send("{\"action\":\"subscribe\",\"channels\":[" + quoted() + "]}");
    TestGateway.awaitTrue(() -> client.texts().stream().anyMatch(t -> t.contains("subscribed")));
    return client::texts;
  }

  private Supplier<List<String>> byType() {
    TestClient client = client("/ws");
    for (String channel : channels()) {
      int before = client.size();
      client.send("{\"type\":\"subscribe\",\"channel\":\"" + channel + "\"}");
      client.awaitFrom(before, m -> m.path("type").asString("").equals("subscribed"));
    }
    return client::texts;
  }

  private Supplier<List<String>> byPattern() {
    TestClient client = client("/ws");
    client.subscribe("\"trade@*\"");
    return client::texts;
  }

  private Supplier<List<String>> byVerb(String path) {
    TestClient client = client(path);
    client.send("{\"method\":\"SUBSCRIBE\",\"params\":[" + quoted() + "],\"id\":1}");
    client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
    client.await(m -> m.path("id").asInt(0) == 2 && m.path("result").size() == CHANNELS);
    return client::texts;
  }

  private Supplier<List<String>> byUrl() {
    String streams =
        IntStream.range(0, CHANNELS)
            .mapToObj(i -> "m" + i + "@trade")
            .collect(Collectors.joining("/"));
    TestClient client = client("/stream?streams=" + streams);
    client.send("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}");
    client.await(m -> m.path("result").size() == CHANNELS);
    return client::texts;
  }

  private Supplier<List<String>> byCable() {
    TestClient client =
        new TestClient(
            gateway.port, "/cable", builder -> builder.subprotocols("actioncable-v1-json"));
    sockets.add(client);
    for (int i = 0; i < CHANNELS; i++) {
      client.send(
          "{\"command\":\"subscribe\",\"identifier\":\"{\\\"channel\\\":\\\"MixChannel\\\",\\\"m\\\":\\\"M%d\\\"}\"}"
              .formatted(i));
    }
    TestGateway.awaitTrue(() -> client.ofType("confirm_subscription").size() == CHANNELS);
    return client::texts;
  }

  private Supplier<List<String>> byCentrifugo() {
    TestClient client = client("/connection/websocket");
    client.send("{\"id\":1,\"connect\":{}}");
    for (int i = 0; i < CHANNELS; i++) {
      client.send("{\"id\":%d,\"subscribe\":{\"channel\":\"trade@M%d\"}}".formatted(i + 2, i));
    }
    client.await(m -> m.path("id").asInt(0) == CHANNELS + 1);
    return client::texts;
  }

  private Supplier<List<String>> byEvents() {
    EventClient client =
        new EventClient(gateway.port, "/sse?channels=" + String.join(",", channels()));
    client.awaitType("subscribed");
    return () -> client.events().stream().map(JsonNode::toString).toList();
  }

  private List<Supplier<List<String>>> clientsOfEachProtocol() {
    List<Supplier<List<String>>> all = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      all.add(byAction("/ws"));
      all.add(byAction("/"));
      all.add(byAction("/ws?lines=true"));
      all.add(byType());
      all.add(byPattern());
      all.add(byVerb("/"));
      all.add(byVerb("/ws/0"));
      all.add(byVerb("/stream"));
      all.add(byUrl());
      all.add(byCable());
      all.add(byCentrifugo());
      all.add(byEvents());
    }
    return all;
  }

  /** What a client has seen, by channel, in order. */
  private static Map<String, List<Integer>> numbers(List<String> texts) {
    Map<String, List<Integer>> numbers = new TreeMap<>();
    for (String text : texts) {
      Matcher matcher = NUMBER.matcher(text);
      while (matcher.find()) {
        numbers
            .computeIfAbsent(matcher.group(1), channel -> new ArrayList<>())
            .add(Integer.parseInt(matcher.group(2)));
      }
    }
    return numbers;
  }

  @Test
  void allSeeTheSameNumbers() {
    try (gateway) {
      List<Supplier<List<String>>> clients = clientsOfEachProtocol();
      for (int n = 1; n <= ROUNDS; n++) {
        int number = n;
        gateway.bus.publish(
            IntStream.range(0, CHANNELS).mapToObj(i -> publication(i, number)).toList());
      }
      Map<String, List<Integer>> expected = new TreeMap<>();
      List<Integer> all = IntStream.rangeClosed(1, ROUNDS).boxed().toList();
      IntStream.range(0, CHANNELS).forEach(i -> expected.put("M" + i, all));
      for (Supplier<List<String>> client : clients) {
        TestGateway.awaitTrue(() ->
            numbers(client.get()).values().stream().mapToInt(List::size).sum()
                >= CHANNELS * ROUNDS);
        assertEquals(expected, numbers(client.get()));
      }
      sockets.forEach(TestClient::close);
    }
  }

  private static Publication publication(int channel, int number) {
    String name = "M" + channel;
    return Publication.of(
        "trade@" + name,
        "{\"stream\":\"trade@%s\",\"data\":{\"k\":\"%s\",\"n\":%d}}"
            .formatted(name, name, number)
            .getBytes(StandardCharsets.UTF_8));
  }
}
