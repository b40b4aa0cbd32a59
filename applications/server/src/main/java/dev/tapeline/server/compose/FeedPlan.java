package dev.tapeline.server.compose;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.Recording;
import dev.tapeline.feed.replay.ReplayOptions;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.FeedKind;
import dev.tapeline.server.settings.part.FeedSetting;
import dev.tapeline.server.settings.part.SourceName;
import dev.tapeline.server.vendor.VendorPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A source that a server is to run. */
public sealed interface FeedPlan {

  /** A simulated market. */
  record Simulator(String name) implements FeedPlan {

    /** The one with the name of its kind. */
    public Simulator() {
      this(SourceName.SIMULATOR);
    }
  }

  /** A recording, played again. */
  record Replay(String name, Recording recording, ReplayReading reading, ReplayOptions options)
      implements FeedPlan {

    /** The one with the name of its file. */
    public Replay(Recording recording, ReplayReading reading, ReplayOptions options) {
      this(SourceName.ofRecording(recording.path()), recording, reading, options);
    }

    /** The whole of a file whose content tells its format. */
    public Replay(Recording recording, ReplayOptions options) {
      this(recording, ReplayReading.AUTO, options);
    }
  }

  /** A vendor, connected to. */
  record Vendor(FeedKind kind, VendorPlan plan) implements FeedPlan {}

  /** Ticks that other processes publish on the bus. */
  record Foreign() implements FeedPlan {}

  /**
   * The sources that the settings name, in their order.
   *
   * @throws FeedException if there is no such recording
   */
  static List<FeedPlan> of(Settings settings) {
    return settings.feeds().stream().map(FeedPlan::of).toList();
  }

  private static FeedPlan of(FeedSetting feed) {
    return switch (feed.kind()) {
      case SIMULATOR -> new Simulator(feed.name());
      case BUS -> new Foreign();
      case REPLAY -> replay(feed.name(), feed.options());
      case DHAN, BINANCE, DERIBIT ->
          new Vendor(feed.kind(), new VendorPlan(feed.name(), feed.options()));
    };
  }

  private static Replay replay(String name, Map<String, String> options) {
    return new Replay(
        name,
        recording(Path.of(options.getOrDefault("file", ""))),
        FeedSetting.reading(options),
        new ReplayOptions(
            Pace.parse(options.getOrDefault("speed", "1")),
            Boolean.parseBoolean(options.get("loop")),
            Boolean.parseBoolean(options.get("await-subscriber"))));
  }

  private static Recording recording(Path file) {
    try {
      return new Recording(file);
    } catch (FeedException e) {
      String start = file.isAbsolute() ? "" : " (from %s)".formatted(Path.of("").toAbsolutePath());
      throw new FeedException(
          "tapeline-feeds: %s%s; name one that exists by the option 'file' of replay"
              .formatted(e.getMessage(), start),
          e);
    }
  }
}
