package dev.tapeline.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import dev.tapeline.core.Finding.Level;
import dev.tapeline.gateway.GatewayConfig;
import dev.tapeline.server.settings.declaration.Memory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryChecksTest {

  private static final Memory SMALL = new Memory(256L << 20, 256L << 20);

  @Test
  void defaultsAreSharesOfASmallHeap() {
    Settings settings = settings(Map.of(), SMALL);
    assertEquals(64L << 20, settings.gateway().hub().ringsTotalBytes());
    assertEquals(4 << 20, settings.gateway().hub().ringBytes());
    assertEquals(64L << 20, settings.logsTotalBytes());
    assertEquals(16_384, settings.gateway().connections().max());
  }

  @Test
  void defaultsAreThoseOfAnEmbeddedGatewayWhereMemoryIsPlenty() {
    GatewayConfig embedded = GatewayConfig.builder().build();
    Settings settings = settings(Map.of(), new Memory(4L << 30, 4L << 30));
    assertEquals(embedded.connections().max(), settings.gateway().connections().max());
    assertEquals(embedded.hub().ringBytes(), settings.gateway().hub().ringBytes());
    assertEquals(embedded.hub().ringsTotalBytes(), settings.gateway().hub().ringsTotalBytes());
  }

  @Test
  void ringsAreAShareOfTheDirectMemory() {
    Settings settings = settings(Map.of(), new Memory(4L << 30, 64L << 20));
    assertEquals(16L << 20, settings.gateway().hub().ringsTotalBytes());
    assertEquals(1 << 20, settings.gateway().hub().ringBytes());
    assertEquals(256L << 20, settings.logsTotalBytes());
  }

  @ParameterizedTest
  @ValueSource(longs = {96, 256, 512, 1_024, 8_192})
  void defaultsFitIntoEachHeap(long mib) {
    Memory memory = new Memory(mib << 20, mib << 20);
    assertEquals(List.of(), problems(settings(Map.of(), memory), memory));
  }

  @Test
  void logsThatExceedTheHeapAreAFailure() {
    assertOne(Level.FAIL, "heap", Map.of("TAPELINE_LOGS_TOTAL_BYTES", "" + (256L << 20)));
    assertOne(Level.WARN, "heap", Map.of("TAPELINE_LOGS_TOTAL_BYTES", "" + (80L << 20)));
  }

  @Test
  void connectionsThatExceedTheHeapAreAFailure() {
    assertOne(Level.FAIL, "heap", Map.of("MAX_CONNECTIONS", "50000"));
  }

  @Test
  void ringsThatExceedTheDirectMemoryAreAFailure() {
    assertOne(Level.FAIL, "direct memory", Map.of("TAPELINE_RINGS_TOTAL_BYTES", "268435456"));
    assertOne(Level.WARN, "direct memory", Map.of("TAPELINE_RINGS_TOTAL_BYTES", "209715200"));
  }

  @Test
  void messagesThatAreLongForTheHeapAreAWarning() {
    assertOne(Level.WARN, "longest message", Map.of("TAPELINE_MAX_PAYLOAD_BYTES", "67108864"));
  }

  @Test
  void nodesOnRedisWithoutAFeedKeepNoLogs() {
    Map<String, String> logs =
        Map.of(
            "REDIS_HOST",
            "a",
            "TAPELINE_ROLE",
            "gateway",
            "TAPELINE_LOGS_TOTAL_BYTES",
            "9999999999");
    assertEquals(List.of(), problems(settings(logs, SMALL), SMALL));
  }

  private static void assertOne(Level level, String subject, Map<String, String> environment) {
    List<Finding> problems = problems(settings(environment, SMALL), SMALL);
    assertEquals(1, problems.size(), problems.toString());
    assertEquals(level, problems.getFirst().level(), problems.toString());
    assertEquals(subject, problems.getFirst().subject());
    assertTrue(problems.getFirst().remedy().contains("tapeline-"), problems.toString());
  }

  private static List<Finding> problems(Settings settings, Memory memory) {
    return new MemoryChecks(settings, memory)
        .findings().stream().filter(it -> it.level() != Level.OK).toList();
  }

  private static Settings settings(Map<String, String> environment, Memory memory) {
    return Settings.from(Sources.merge(null, environment, Map.of(), Map.of()), memory);
  }
}
