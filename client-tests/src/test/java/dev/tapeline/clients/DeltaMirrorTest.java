package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.runtime.LiveServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A mirror of deltas, written by what the docs tell, on a channel of the simulated market. */
@Timeout(240)
class DeltaMirrorTest {

  private static final int CHECKED = 3;

  private static void assertTold(String what, JsonNode event) {
    assertTrue(event.path(what).asBoolean(), event::toString);
  }

  @Test
  void itsValuesAreWhatWasPublishedAndItsChecksumsTheServers() {
    try (LiveServer server = LiveServer.simulated();
        NodeClient client = NodeClient.start("mirror", server.ws("/ws"))) {
      client.send("mirror", "market:tick:NIFTY");
      for (int i = 0; i < CHECKED; i++) {
        assertTold("right", client.await("checked"));
      }
      client.all("checked").forEach(event -> assertTold("right", event));
      client.await("compared");
      client.all("compared").forEach(event -> assertTold("same", event));
      assertTrue(client.all("changed").size() > 32 * (CHECKED - 1));
    }
  }
}
