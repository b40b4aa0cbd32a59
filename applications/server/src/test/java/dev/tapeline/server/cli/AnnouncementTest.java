package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.settings.Settings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {

  private static List<String> lines(Map<String, String> environment, Integer... ports) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("REDIS_HOST", "redis");
    all.put("TAPELINE_FEED", "simulator");
    Settings settings = Settings.load(all, Map.of());
    return new Announcement(ServerRun.Greeting.of("Tapeline"), settings, List.of(ports))
        .lines(Instant.now());
  }

  @Test
  void allHasPagesAndAGatewayOnEachPort() {
    assertEquals(
        List.of(
            "Tapeline",
            "  pages    http://localhost:1/",
            "  gateway  ws://localhost:1/ws",
            "  gateway  ws://localhost:2/ws"),
        lines(Map.of(), 1, 2));
  }

  @Test
  void apiHasNoGateway() {
    assertEquals(
        List.of("Tapeline", "  pages    http://localhost:1/"),
        lines(Map.of("TAPELINE_ROLE", "api"), 1));
  }

  @Test
  void ingestHasNeitherGatewayNorPages() {
    assertEquals(
        List.of("Tapeline", "  health   http://localhost:1/health/ready"),
        lines(Map.of("TAPELINE_ROLE", "ingest"), 1));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,localhost",
    "127.0.0.1,localhost",
    "192.0.2.7,192.0.2.7",
    "2001:db8::7,[2001:db8::7]",
    "::,localhost"
  })
  void addressesAreOnesThatAreServed(String bound, String told) {
    List<String> lines = lines(Map.of("TAPELINE_BIND_HOST", bound, "TAPELINE_ROLE", "api"), 1);
    assertEquals("  pages    http://" + told + ":1/", lines.get(1));
  }
}
