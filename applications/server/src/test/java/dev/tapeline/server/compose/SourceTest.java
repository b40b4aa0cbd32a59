package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.plant.supply.Supply;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nodes that want the same feed, while Redis is there and while it is away. */
@Timeout(120)
class SourceTest extends OnRedisRig {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String SUBSCRIBE =
      "{\"action\":\"subscribe\",\"channels\":[\"market:tick:NIFTY\"]}";

  private JsonNode self(Tapeline node) throws Exception {
    for (JsonNode one : JSON.readTree(get(node, "/api/v1/nodes").body()).path("nodes")) {
      if (one.path("answering").asBoolean()) {
        return one;
      }
    }
    throw new AssertionError("the node does not list itself");
  }

  private void awaitFeed(Tapeline node, String state) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String seen = "";
    while (!seen.equals(state)) {
      assertTrue(System.nanoTime() < end, "the feed is " + seen + ", not " + state);
      seen = self(node).path("feed").path("state").asString();
      Thread.sleep(20);
    }
  }

  private long runs(Tapeline node) throws Exception {
    String text = get(node, "/metrics").body();
    return text.lines()
        .filter(line -> line.startsWith("tapeline_feed_runs_total"))
        .map(line -> Math.round(Double.parseDouble(line.split(" ")[1])))
        .findFirst()
        .orElseThrow();
  }

  private static Frames feedClient(HttpClient fresh, Tapeline node) {
    Frames frames = new Frames();
    fresh
        .newWebSocketBuilder()
        .buildAsync(uri("ws", node, "/ws"), frames)
        .join()
        .sendText(SUBSCRIBE, true);
    return frames;
  }

  @Test
  void standbyServesWhatTheHolderPublishesAndTakesOverWhenItEnds() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline holder = start("first", "all", List.of(new FeedPlan.Simulator()))) {
      awaitFeed(holder, "held");
      try (Tapeline standby = start("second", "all", List.of(new FeedPlan.Simulator()))) {
        awaitFeed(standby, "standby");
        assertEquals(
            "{\"status\":\"ready\",\"feed\":\"standby\"}",
            awaitStatus(standby, "/health/ready", 200).body());
        Frames frames = feedClient(fresh, standby);
        frames.await("\"source\":\"simulator\",\"state\":\"simulated\"");
        frames.await("\"type\":\"data\"");
        assertEquals(0, runs(standby));
        holder.close();
        long ended = System.nanoTime();
        awaitFeed(standby, "held");
        long millis = (System.nanoTime() - ended) / 1_000_000;
        assertTrue(millis < Supply.TIME_TO_LIVE.toMillis(), "after " + millis + " ms");
        frames.await("\"type\":\"data\"");
        assertEquals(1, runs(standby));
      }
    }
  }

  @Test
  void sameRunGoesOnThroughALongAbsenceOfRedis() throws Exception {
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline node = start("all", List.of(new FeedPlan.Simulator()))) {
      awaitFeed(node, "held");
      Frames frames = feedClient(fresh, node);
      frames.await("\"type\":\"data\"");
      redis.kill();
      awaitFeed(node, "alone");
      assertEquals("down", self(node).path("bus").path("state").asString());
      frames.await("\"type\":\"epoch\"");
      frames.await("\"type\":\"data\"");
      redis.start();
      awaitFeed(node, "held");
      frames.await("\"source\":\"bus\",\"state\":\"live\"");
      frames.await("\"type\":\"data\"");
      assertEquals(1, runs(node));
    }
  }

  @Test
  void nodeThatStartsWhileRedisIsAwayServesItsOwnClients() throws Exception {
    redis.kill();
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline node = start("all", List.of(new FeedPlan.Simulator()))) {
      Frames frames = feedClient(fresh, node);
      frames.await("\"type\":\"data\"");
      awaitFeed(node, "alone");
      redis.start();
      awaitFeed(node, "held");
      frames.await("\"source\":\"bus\",\"state\":\"live\"");
      frames.await("\"type\":\"data\"");
    }
  }

  @Test
  void ofTwoThatWereAloneOneStandsByWhenRedisIsBack() throws Exception {
    try (Tapeline first = start("first", "all", List.of(new FeedPlan.Simulator()))) {
      awaitFeed(first, "held");
      try (Tapeline second = start("second", "all", List.of(new FeedPlan.Simulator()))) {
        awaitFeed(second, "standby");
        redis.kill();
        awaitFeed(first, "alone");
        awaitFeed(second, "alone");
        redis.start();
        awaitOneHolder(first, second);
      }
    }
  }

  private void awaitOneHolder(Tapeline first, Tapeline second) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String states = "";
    while (!states.equals("held standby") && !states.equals("standby held")) {
      assertTrue(System.nanoTime() < end, states);
      states =
          self(first).path("feed").path("state").asString()
              + " "
              + self(second).path("feed").path("state").asString();
      Thread.sleep(20);
    }
  }
}
