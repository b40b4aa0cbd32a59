package dev.tapeline.chaos.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.chaos.client.RedisDoor;
import dev.tapeline.chaos.client.Route;
import dev.tapeline.chaos.fault.Link;
import dev.tapeline.chaos.fault.NodeVictim;
import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.chaos.fault.RedisVictim;
import dev.tapeline.chaos.fault.Store;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two ingest nodes that want the same feed, a gateway and a client, on one Redis. On a machine that
 * is too busy a lease may also change its holder unasked: what is checked holds then too.
 */
@Timeout(240)
class IngestTakeoverTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TAKEOVER = Duration.ofSeconds(5);
  private static final String LEASE = "feed:simulator";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Tape tape = new Tape();
  private Store store;
  private RedisVictim redis;
  private Site a;
  private Site b;
  private NodeVictim gateway;

  /** An ingest node, and its way to Redis. */
  private record Site(NodeVictim node, Link link) {

    String name() {
      return node.name();
    }
  }

  @BeforeEach
  void start() {
    store = Store.of(Store.Kind.SINGLE, folder, false);
    store.start();
    store.awaitReady(LIMIT);
    redis = store.master(0);
    a = site("a");
    b = site("b");
    gateway = node("gateway", redis.port(), Map.of("TAPELINE_ROLE", "gateway"));
    gateway.awaitReady(LIMIT);
    http.newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/ws"), tape)
        .join()
        .sendText("{\"action\":\"subscribe\",\"channels\":[\"trade@*\",\"market:tick:*\"]}", true);
  }

  private Site site(String name) {
    Link link = new Link(name, redis.port());
    Map<String, String> settings = Map.of("TAPELINE_ROLE", "ingest", "TAPELINE_FEED", "simulator");
    return new Site(node(name, link.port(), settings), link);
  }

  private NodeVictim node(String name, int port, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("TAPELINE_NODE", name);
    all.put("REDIS_URL", "redis://127.0.0.1:" + port);
    NodeVictim node = new NodeVictim(name, folder, http, all);
    node.start();
    return node;
  }

  @AfterEach
  void stop() {
    for (Site site : List.of(a, b)) {
      site.node().close();
      site.link().close();
    }
    gateway.close();
    store.close();
    http.shutdownNow();
  }

  @Test
  void anotherTakesOverAndTheFormerHolderPublishesNothing() {
    awaitTrades(20);
    Site killed = holder();
    Site left = other(killed);
    awaitFeed(left, "standby");
    long kill = System.nanoTime();
    killed.node().kill();
    assertBelow(TAKEOVER, awaitRun(kill) - kill);
    assertEquals(left.name(), lease().path("holder").asString());
    awaitNode(killed, node -> node.path("state").asString().equals("gone"));
    killed.node().start();
    awaitFeed(killed, "standby");
    awaitTrades(20);

    Site frozen = holder();
    long token = lease().path("token").asLong();
    long refused = fenced();
    frozen.link().become(new Link.Weather.Slow(8_000)); // what it sends is on its way for long
    Pause.millis(1_000);
    long freeze = System.nanoTime();
    frozen.node().freeze();
    assertBelow(TAKEOVER, awaitRun(freeze) - freeze);
    assertTrue(lease().path("token").asLong() > token, () -> nodes().toString());
    frozen.link().become(new Link.Weather.Fair());
    Pause.until("what was on its way is refused", LIMIT, () -> fenced() > refused);
    frozen.node().thaw();
    awaitFeed(frozen, "standby");
    awaitFeed(other(frozen), "held");
    awaitTrades(20);
    assertNoRunSpeaksAfterTheNext();
    assertPlacesAreThoseOfTheLog();
  }

  private static void assertBelow(Duration limit, long nanos) {
    assertTrue(nanos < limit.toNanos(), () -> nanos / 1_000_000 + " ms");
    System.out.println("takeover after " + nanos / 1_000_000 + " ms");
  }

  // What the client sees.

  private String busiest() {
    return tape.channels("trade@").stream()
        .max((x, y) -> Integer.compare(tape.on(x).size(), tape.on(y).size()))
        .orElseThrow();
  }

  private int trades() {
    return tape.channels("trade@").stream().mapToInt(name -> tape.on(name).size()).sum();
  }

  private void awaitTrades(int more) {
    int before = trades();
    Pause.until("more trades", LIMIT, () -> trades() >= before + more);
  }

  /** Waits for a run that began after an instant; when its first trade came. */
  private long awaitRun(long after) {
    Pause.until("another run", LIMIT, () -> tape.beginAfter(busiest(), after).isPresent());
    return tape.beginAfter(busiest(), after).orElseThrow();
  }

  private void assertNoRunSpeaksAfterTheNext() {
    List<String> late = new ArrayList<>();
    tape.channels("trade@").forEach(channel -> late.addAll(tape.late(channel)));
    tape.channels("market:tick:").forEach(channel -> late.addAll(tape.late(channel)));
    assertEquals(List.of(), late);
    assertFalse(tape.channels("market:tick:").isEmpty());
  }

  /** Numbers without holes, each of the publication that the log has at that place. */
  private void assertPlacesAreThoseOfTheLog() {
    for (String channel : tape.channels("trade@")) {
      List<Tape.Seen> seen = tape.on(channel);
      for (int i = 1; i < seen.size(); i++) {
        assertEquals(seen.getFirst().epoch(), seen.get(i).epoch());
        assertEquals(seen.get(i - 1).seq() + 1, seen.get(i).seq());
      }
      Map<Long, JsonNode> logged = log(channel);
      seen.forEach(one -> assertEquals(logged.getOrDefault(one.seq(), one.data()), one.data()));
      assertFalse(logged.isEmpty());
    }
  }

  private Map<Long, JsonNode> log(String channel) {
    String partition = "tapeline:{%d}".formatted(SlotHash.getSlot(channel) % 16);
    try (RedisDoor door = new RedisDoor(store);
        Route route = door.route()) {
      List<Object> answer =
          route
              .await(partition, LIMIT)
              .sync()
              .fcall(
                  "tapeline_read",
                  ScriptOutputType.MULTI,
                  new String[] {partition},
                  bytes(channel),
                  bytes("0"),
                  bytes("10000"));
      Map<Long, JsonNode> logged = new HashMap<>();
      for (Object entry : answer.subList(3, answer.size())) {
        String[] parts = new String((byte[]) entry, StandardCharsets.UTF_8).split("\n", 2);
        logged.put(Long.parseLong(parts[0].split(" ", 2)[0]), JSON.readTree(parts[1]));
      }
      return logged;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // What the nodes tell.

  private JsonNode nodes() {
    URI uri = URI.create("http://127.0.0.1:%d/api/v1/nodes".formatted(gateway.port()));
    try {
      return JSON.readTree(
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Site other(Site site) {
    return site.equals(a) ? b : a;
  }

  private Site holder() {
    return lease().path("holder").asString().equals(a.name()) ? a : b;
  }

  private JsonNode lease() {
    for (JsonNode lease : nodes().path("leases")) {
      if (lease.path("lease").asString().equals(LEASE)) {
        return lease;
      }
    }
    throw new AssertionError("no lease " + LEASE);
  }

  private void awaitNode(Site site, Predicate<JsonNode> condition) {
    Pause.until(
        site.name() + " tells so",
        LIMIT,
        () -> {
          for (JsonNode node : nodes().path("nodes")) {
            if (node.path("node").asString().equals(site.name()) && condition.test(node)) {
              return true;
            }
          }
          Pause.millis(40);
          return false;
        });
  }

  private void awaitFeed(Site site, String state) {
    awaitNode(
        site,
        node ->
            node.path("state").asString().equals("up")
                && node.path("feed").path("state").asString().equals(state));
  }

  /** The number of calls that Redis has refused because the lease had another holder. */
  private long fenced() {
    String stats = redis.ask("INFO errorstats");
    int at = stats.indexOf("errorstat_FENCED:count=");
    return at < 0 ? 0 : Long.parseLong(stats.substring(at).replaceAll("(?s)^\\D*(\\d+).*", "$1"));
  }
}
