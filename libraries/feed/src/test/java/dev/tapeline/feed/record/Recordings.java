package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Makes recordings for tests. */
final class Recordings {

  /** 2026-11-29 09:15 UTC. */
  static final long T0 = 1_795_943_700_000L;

  static final RecordingHeader HEADER =
      new RecordingHeader("nse", "dhan", Map.of("mode", "quote"), ZoneOffset.UTC);

  private Recordings() {}

  static RecordingHeader in(String zone) {
    return new RecordingHeader("nse", "dhan", Map.of(), ZoneId.of(zone));
  }

  /** Writes entries by one writer, and ends the file; the first file. */
  static Path write(Path folder, List<? extends Arrival> arrivals) throws IOException {
    write(HEADER, RecorderOptions.of(folder, "nse"), arrivals);
    return PartName.list(folder, "nse").getFirst();
  }

  static void write(
      RecordingHeader header, RecorderOptions options, List<? extends Arrival> arrivals)
      throws IOException {
    RecordingWriter writer = new RecordingWriter(header, options);
    for (Arrival arrival : arrivals) {
      writer.write(new Entry.Arrived(arrival));
    }
    writer.finish();
    writer.close();
  }

  static Arrival.Frame frame(String text, long received) {
    return new Arrival.Frame("feed-0", true, text.getBytes(StandardCharsets.UTF_8), received);
  }
}
