package dev.tapeline.server.settings;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.settings.declaration.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pod in a namespace with services named tapeline, tapeline-api, redis and redis-ws-gateway. */
class ServiceVariablesTest {

  private static Map<String, String> pod() {
    Map<String, String> pod = new HashMap<>();
    for (String service : List.of("TAPELINE", "TAPELINE_API", "REDIS", "REDIS_WS_GATEWAY")) {
      pod.put(service + "_SERVICE_HOST", "10.96.0.7");
      pod.put(service + "_SERVICE_PORT", "6379");
      pod.put(service + "_SERVICE_PORT_HTTP", "6379");
      pod.put(service + "_PORT", "tcp://10.96.0.7:6379");
      pod.put(service + "_PORT_6379_TCP", "tcp://10.96.0.7:6379");
      pod.put(service + "_PORT_6379_TCP_PROTO", "tcp");
      pod.put(service + "_PORT_6379_TCP_PORT", "6379");
      pod.put(service + "_PORT_6379_TCP_ADDR", "10.96.0.7");
    }
    return pod;
  }

  private static Settings load(Map<String, String> environment) {
    return Settings.load(environment, Map.of());
  }

  @Test
  void areNoSettings() {
    Settings settings = load(pod());
    assertEquals("0.0.0.0", settings.gateway().listener().bindHost());
    assertEquals(List.of(8080, 8889), settings.gateway().listener().ports());
    assertNull(settings.redis());
  }

  @Test
  void leaveTheSettingsBesideThemAlone() {
    Map<String, String> pod = pod();
    pod.put("REDIS_HOST", "redis");
    pod.put("PORT", "9000");
    Settings settings = load(pod);
    assertEquals("redis://redis:6379", requireNonNull(settings.redis()).address().toString());
    assertEquals(9000, settings.gateway().apiPort());
  }

  @Test
  void areNamedAsFarAsTheyLookLikeSettings() {
    Map<String, String> pod = pod();
    pod.put("REDIS_HOST", "redis");
    pod.put("TAPELINE_API_PORT", "8081");
    List<String> ignored = ServiceVariables.ignoredIn(pod);
    assertTrue(
        ignored.containsAll(List.of("TAPELINE_PORT", "TAPELINE_SERVICE_HOST", "REDIS_PORT")),
        ignored.toString());
    assertEquals(17, ignored.size(), ignored.toString()); // 8 + 7 of Tapeline's, 2 ports
    assertEquals(List.of(), ServiceVariables.ignoredIn(Map.of("KUBERNETES_PORT", "tcp://a:1")));
  }

  @Test
  void othersThatAreMalformedAreStillRefused() {
    assertThrows(ConfigException.class, () -> load(Map.of("REDIS_PORT", "tcp:/10.96.0.7")));
    assertThrows(ConfigException.class, () -> load(Map.of("TAPELINE_SERVICE", "x")));
    assertThrows(ConfigException.class, () -> load(Map.of("TAPELINE_LANES", "tcp://a:1")));
  }
}
