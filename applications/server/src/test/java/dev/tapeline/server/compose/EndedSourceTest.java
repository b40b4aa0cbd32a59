package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.server.settings.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes and their clients learn of a recording that has been played to its end. */
@Timeout(120)
class EndedSourceTest extends OnRedisRig {

  private static final String HEALTH = "/api/v1/health/market_stream";
  private static final String CLOSED = "\"source\":\"replay-day.jsonl\",\"state\":\"closed\"";
  private static final String ENDED = "\"state\":\"ended\",\"status\":\"closed\"";

  /** A recording of one trade, played once. */
  private FeedPlan replay() throws IOException {
    Path file = folder.resolve("day.jsonl");
    Files.writeString(
        file,
        """
        1700000000000000000 {"stream":"btcusdt@trade","data":{"e":"trade","s":"BTCUSDT","t":1,\
        "p":"50000.5","q":"0.1","T":1700000000000,"m":true}}
        """);
    return new FeedPlan.Replay(new Recording(file), new ReplayOptions(Pace.MAX, false, false));
  }

  @Test
  void allNodesAndTheirClientsLearnOfIt() throws Exception {
    FeedPlan replay = replay();
    try (HttpClient fresh = HttpClient.newHttpClient();
        Tapeline gateway = start("gateway", List.of());
        Tapeline ingest = start("ingest", List.of(replay));
        Tapeline standby = start("standby", "all", List.of(replay))) {
      Frames early = subscribe(fresh, gateway, "market:tick:BTCUSDT");
      early.await(CLOSED);
      awaitBody(gateway, "/api/v1/nodes", ENDED);
      awaitBody(ingest, "/health/ready", "\"feed\":\"ended\"");
      awaitBody(standby, "/api/v1/nodes", "\"state\":\"standby\",\"status\":\"closed\"");
      for (Tapeline node : List.of(gateway, standby)) {
        awaitBody(node, HEALTH + "?source=replay-day.jsonl", "\"not_running\"");
        awaitBody(node, HEALTH, "has come to its end");
        Frames late = subscribe(fresh, node, "market:tick:BTCUSDT");
        late.await(CLOSED);
        assertEquals(200, get(node, "/health/ready").statusCode());
      }
      ingest.close();
      awaitBody(standby, "/health/ready", "\"feed\":\"ended\""); // it has played it again
    }
  }

  @Test
  void aSourceThatRunsKeepsTheWholeHealthy() throws Exception {
    try (Tapeline _ = start("ingest", List.of(replay(), new FeedPlan.Simulator()));
        Tapeline gateway = start("gateway", List.of())) {
      awaitBody(gateway, HEALTH + "?source=replay-day.jsonl", "has come to its end");
      awaitBody(gateway, HEALTH, "\"healthy\"");
    }
  }

  @Test
  void aNodeWithoutRedisTellsItToo() throws Exception {
    Map<String, String> settings =
        Map.of("TAPELINE_BIND_HOST", "127.0.0.1", "TAPELINE_API_PORT", "0");
    try (Tapeline node =
        Tapeline.start(
            Settings.load(settings, Map.of("REDIS_WS_GATEWAY_PORT", "0")), List.of(replay()))) {
      awaitBody(node, "/api/v1/nodes", ENDED);
      awaitBody(node, HEALTH + "?source=replay-day.jsonl", "\"not_running\"");
      awaitBody(node, "/health/ready", "\"feed\":\"ended\"");
      assertFalse(get(node, HEALTH).body().contains("healthy"));
    }
  }
}
