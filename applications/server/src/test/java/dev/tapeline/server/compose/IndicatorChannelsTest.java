package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.gateway.TestClient;
import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Indicators, from the trades of a file up to a client. */
@Timeout(120)
class IndicatorChannelsTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "TAPELINE_API_PORT", "0",
          "REDIS_WS_GATEWAY_PORT", "0",
          "TAPELINE_BIND_HOST", "127.0.0.1");

  private static final String TRADES =
      """
      time,symbol,price,quantity
      1381104000,GC,100,1
      1381104060,GC,102,1
      1381104120,GC,104,3
      1381104180,GC,106,1
      """;

  @TempDir Path folder;

  @Test
  void aClientGetsWhatItNamesOfClosedAndFormingBars() throws IOException {
    Recording file = new Recording(Files.writeString(folder.resolve("trades.csv"), TRADES));
    FeedPlan plan =
        new FeedPlan.Replay(file, ReplayReading.AUTO, new ReplayOptions(Pace.MAX, false, true));
    try (Tapeline server = Tapeline.start(Settings.load(SETTINGS, Map.of()), List.of(plan));
        TestClient client = new TestClient(server.ports().getFirst(), "/ws")) {
      JsonNode answer =
          client.subscribe("\"indicators:GC:1m:sma-2+rsi+vwap\"", "\"indicators:GC:1m:foo\"");
      assertEquals("bad_channel", answer.at("/rejected/0/code").asString());
      assertTrue(
          answer.at("/rejected/0/message").asString().startsWith("no indicator: 'foo'; use rsi,"),
          answer::toString);
      JsonNode last =
          client.await(m ->
              m.at("/data/t").asLong(0) == 1_381_104_120_000L
                  && m.at("/data/closed").asBoolean(false));
      assertEquals("indicators:GC:1m:sma-2+rsi+vwap", last.path("channel").asString());
      JsonNode data = last.path("data");
      assertEquals("GC", data.path("symbol").asString());
      assertEquals("1m", data.path("tf").asString());
      assertEquals(3, data.path("bars").asInt());
      assertEquals(103, data.path("sma-2").asDouble());
      assertTrue(data.path("rsi-14").isMissingNode(), data::toString);
      assertEquals(514 / 5.0, data.at("/vwap-1/vwap").asDouble(), 1e-9);
    }
  }
}
