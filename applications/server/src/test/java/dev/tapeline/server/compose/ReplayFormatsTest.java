package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Publication;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.record.ArrivalRecorder;
import dev.tapeline.feed.record.RecorderOptions;
import dev.tapeline.feed.record.RecordingHeader;
import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.gateway.TestClient;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.vendor.HeldSources;
import dev.tapeline.server.vendor.UnderlyingShares;
import dev.tapeline.server.vendor.VendorParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The formats of recordings, up to a client. */
@Timeout(120)
class ReplayFormatsTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "TAPELINE_API_PORT", "0",
          "REDIS_WS_GATEWAY_PORT", "0",
          "TAPELINE_BIND_HOST", "127.0.0.1");

  @TempDir Path folder;

  private Recording file(String text) throws IOException {
    return new Recording(Files.writeString(folder.resolve("trades.csv"), text));
  }

  private static FeedPlan.Replay plan(Recording recording, ReplayReading reading) {
    return new FeedPlan.Replay(recording, reading, new ReplayOptions(Pace.MAX, false, true));
  }

  @Test
  void tradesOfACsvFileReachAClient() throws IOException {
    Recording file =
        file("time,symbol,price,quantity\n1381104000,GC,1313.75,2\n1381104001,SI,21.5,1\n");
    try (Tapeline server =
            Tapeline.start(
                Settings.load(SETTINGS, Map.of()), List.of(plan(file, ReplayReading.AUTO)));
        TestClient client = new TestClient(server.ports().getFirst(), "/ws")) {
      client.subscribe("\"market:tick:GC\"", "\"market:tick:SI\"");
      JsonNode gold = client.await(m -> m.path("channel").asString("").equals("market:tick:GC"));
      assertEquals("1313.75", gold.at("/data/ltp").asString());
      client.await(m -> m.path("channel").asString("").equals("market:tick:SI"));
    }
  }

  @Test
  void theInstrumentsOfACsvFileBelongToItsSource() throws Exception {
    Recording file = file("time,symbol,price,quantity\n1381104000,GC,1313.70,2\n");
    Instruments instruments = new Instruments(10, "bus");
    Playbacks playbacks = new Playbacks(parts(instruments), plan(file, ReplayReading.AUTO));
    playbacks.playback().play(new UnheardSink());
    Instrument gold = instruments.bySymbol("GC").orElseThrow();
    assertEquals("CSV:GC", gold.key());
    assertEquals("share", gold.type());
    assertEquals("replay-trades.csv", instruments.sourceOf("GC").orElseThrow());
  }

  @Test
  void aRecordingOfAnUnknownVendorIsNamed() throws IOException {
    RecordingHeader header = new RecordingHeader("x", "nobody", Map.of(), ZoneOffset.UTC);
    try (ArrivalRecorder recorder =
        ArrivalRecorder.start(header, RecorderOptions.of(folder, "x"))) {
      recorder.onArrival(new Arrival.Time(1_700_000_000_000L));
    }
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.filter(each -> each.toString().endsWith(".tlr")).findFirst().orElseThrow();
    }
    Playbacks playbacks =
        new Playbacks(
            parts(new Instruments(10, "bus")), plan(new Recording(file), ReplayReading.AUTO));
    String message = assertThrows(FeedException.class, playbacks::playback).getMessage();
    assertTrue(message.contains("is one of nobody, which this version can't decode"), message);
  }

  @Test
  void theFormatOfAFileIsToldWhenItIsOpened() throws IOException {
    Playbacks playbacks =
        new Playbacks(parts(new Instruments(10, "bus")), plan(file("hello\n"), ReplayReading.AUTO));
    String message = assertThrows(FeedException.class, playbacks::playback).getMessage();
    assertTrue(message.contains("the format of"), message);
  }

  private VendorParts parts(Instruments instruments) {
    Settings settings = Settings.load(SETTINGS, Map.of());
    return new VendorParts(
        instruments,
        settings.calendar(),
        settings.dhan(),
        folder,
        _ -> ArrivalTap.NONE,
        new NoSources(),
        new UnderlyingShares(),
        1,
        InstantSource.system());
  }

  /** No source is run. */
  private static final class NoSources implements HeldSources {

    @Override
    public boolean isHeld(String source) {
      return false;
    }

    @Override
    public CompletionStage<Void> publish(String source, List<Publication> batch) {
      throw new AssertionError(source + " is not run");
    }
  }
}
