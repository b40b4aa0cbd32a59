package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.access.token.KeyServer;
import dev.tapeline.server.compose.LiveServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** npm's {@code centrifuge} with a token whose keys are at an address. */
@Timeout(240)
class CentrifugeTokenTest {

  @Test
  void triesAgainWhileTheProviderIsAway() {
    try (KeyServer provider = KeyServer.away();
        LiveServer server =
            LiveServer.start(
                Map.of("REQUIRE_AUTH", "true", "JWT_JWKS_URL", provider.address().toString()));
        NodeClient client =
            NodeClient.start(
                "centrifuge", server.ws("/connection/websocket"), provider.token("u1"))) {
      JsonNode fault = client.await("fault");
      assertEquals(100, fault.path("code").asInt(), fault::toString);
      assertTrue(client.all("disconnected").isEmpty(), "it has given up");
      provider.publishOwn();
      provider.start();
      client.await("connected");
    }
  }
}
