package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Nodes;
import dev.tapeline.embedded.EmbeddedCache;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NodesApiTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long NOW = RestRig.NOW.toEpochMilli();
  private static final Leases.Listener DEAF =
      new Leases.Listener() {
        @Override
        public void onHeld(Fence fence) {}

        @Override
        public void onLost() {}
      };

  private static JsonNode list(RestRig rig) throws Exception {
    return JSON.readTree(rig.get("/api/v1/nodes").body());
  }

  private static RestRig rig(Nodes nodes, Map<String, String> settings) {
    return new RestRig(settings, new EmbeddedCache(10, () -> 0), nodes);
  }

  @Test
  void theOnlyNodeTellsOfItself() throws Exception {
    try (RestRig rig = new RestRig(Map.of())) {
      JsonNode answer = list(rig);
      assertTrue(answer.path("complete").asBoolean());
      assertEquals(1, answer.path("nodes").size());
      JsonNode node = answer.path("nodes").path(0);
      assertEquals("n1", node.path("node").asString());
      assertTrue(node.path("answering").asBoolean());
      assertEquals("up", node.path("bus").path("state").asString());
      assertTrue(node.path("feed").isMissingNode());
      assertEquals("{\"status\":\"ready\"}", rig.get("/health/ready").body());
    }
  }

  @Test
  void othersAreAsTheyToldLastAndGoneWhenSilent() throws Exception {
    Nodes nodes =
        ToldNodes.of(
            NOW,
            new Nodes.Told("n0", NOW - 5_001, "{\"role\":\"api\",\"leases\":[]}"),
            new Nodes.Told("n1", NOW - 900, "{\"role\":\"older\"}"),
            new Nodes.Told("n2", NOW - 5_000, "{\"leases\":[\"feed:x\"],\"later\":1}"),
            new Nodes.Told("n3", NOW, "not JSON"),
            new Nodes.Told("n4", NOW + 5_001, "{\"role\":\"api\"}"));
    try (RestRig rig = rig(nodes, Map.of())) {
      rig.leases.claim("feed:x", "n2", Duration.ofSeconds(1), DEAF);
      JsonNode answer = list(rig);
      StringBuilder seen = new StringBuilder();
      answer
          .path("nodes")
          .forEach(node ->
              seen.append(node.path("node").asString())
                  .append(' ')
                  .append(node.path("state").asString())
                  .append(' ')
                  .append(node.path("role").asString("-"))
                  .append("; "));
      assertEquals("n0 gone api; n1 up all; n2 up -; n4 gone api; ", seen.toString());
      assertEquals(1, answer.path("nodes").path(2).path("later").asInt());
      assertEquals(
          JSON.readTree(
              ("[{'lease':'adopter:1','holder':null,'token':0,'since':null,'until':null},"
                      + "{'lease':'feed:x','holder':'n2','token':1,'since':%d,'until':null}]")
                  .formatted(NOW - 500)
                  .replace('\'', '"')),
          answer.path("leases"));
    }
  }

  @Test
  void whileRedisIsAwayTheNodeTellsOfItselfAlone() throws Exception {
    try (RestRig rig = rig(ToldNodes.AWAY, Map.of("TAPELINE_FEED", "simulator"))) {
      JsonNode answer = list(rig);
      assertFalse(answer.path("complete").asBoolean());
      assertEquals("Redis is away: test", answer.path("problem").asString());
      assertEquals(1, answer.path("nodes").size());
      assertEquals(0, answer.path("leases").size());
      JsonNode feed = answer.path("nodes").path(0).path("feed");
      assertEquals("feed:simulator", feed.path("lease").asString());
      assertEquals("{\"status\":\"ready\",\"feed\":\"standby\"}", rig.get("/health/ready").body());
    }
  }
}
