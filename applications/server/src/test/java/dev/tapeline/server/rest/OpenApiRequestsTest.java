package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The server and its description refuse the same requests. */
class OpenApiRequestsTest {

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> CHANNELS_TO_TRY =
      List.of(
          "a",
          "é ü",
          "a:b@c",
          "",
          "a*",
          "a?",
          "[a",
          "a]",
          "a\\",
          "a\n",
          "\u0000",
          "\u007f",
          "\u0085",
          "\u2028",
          "x".repeat(200),
          "x".repeat(201));

  @Test
  void whatIsDescribedIsTakenAndNothingElse() throws Exception {
    try (RestRig rig = new RestRig(Map.of("TAPELINE_REST_RATE_BURST", "100000"))) {
      ApiDescription description = ApiDescription.of(rig);
      JsonNode keys = description.at("/paths/~1api~1v1~1current_prices/get/parameters/0/schema");
      JsonNode request = description.at("/components/schemas/PublishRequest");
      for (String key :
          List.of("A:1", "A:1,B_-.&:2", "", "A", "A:", ":1", "A:B:C", "A:1,", "A:%")) {
        String query = URLEncoder.encode(key, StandardCharsets.UTF_8);
        boolean taken = rig.get("/api/v1/current_prices?keys=" + query).statusCode() == 200;
        assertEquals(taken, description.isValid(keys, JSON.valueToTree(key)), key);
      }
      for (String channel : CHANNELS_TO_TRY) {
        ObjectNode body = JSON.createObjectNode().put("channel", channel).put("data", 1);
        boolean taken = rig.publish(body.toString()).statusCode() == 200;
        assertEquals(taken, description.isValid(request, body), body::toString);
      }
    }
  }
}
