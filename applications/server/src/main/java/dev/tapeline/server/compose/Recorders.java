package dev.tapeline.server.compose;

import dev.tapeline.feed.record.ArrivalRecorder;
import dev.tapeline.feed.record.RecorderOptions;
import dev.tapeline.feed.record.RecordingHeader;
import dev.tapeline.feed.vendor.ArrivalTap;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.part.FeedSetting;
import dev.tapeline.server.settings.part.VendorOptions;
import dev.tapeline.server.vendor.VendorPlan;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recorders of the sources of a node, by source. Safe for all threads.
 *
 * @param all by the name of the source
 */
public record Recorders(Map<String, ArrivalRecorder> all) implements AutoCloseable {

  /** No source is recorded. */
  public static final Recorders NONE = new Recorders(Map.of());

  private static final ArrivalTap DEAF = _ -> {};
  private static final String END = ".tlr";

  public Recorders {
    all = Map.copyOf(all);
  }

  /**
   * Starts to record sources.
   *
   * @param file the folder and the name of the recording; several sources have their names behind
   *     it
   * @param zone the time zone whose days divide the recording
   * @throws IllegalArgumentException if a source can't be recorded, or the name is none
   */
  public static Recorders start(Settings settings, Path file, ZoneId zone) {
    Map<FeedSetting, RecorderOptions> options = options(settings.feeds(), file);
    Map<String, ArrivalRecorder> all = new HashMap<>();
    options.forEach((feed, each) ->
        all.put(feed.name(), ArrivalRecorder.start(header(feed, zone, settings), each)));
    return new Recorders(all);
  }

  /**
   * Checks that sources can be recorded there.
   *
   * @throws IllegalArgumentException if a source can't be recorded, or the name is none
   */
  public static void check(List<FeedSetting> feeds, Path file) {
    var _ = options(feeds, file);
  }

  /** Where each source is to be recorded, by its name. */
  private static Map<FeedSetting, RecorderOptions> options(List<FeedSetting> feeds, Path file) {
    String given = String.valueOf(file.getFileName());
    String name = given.endsWith(END) ? given.substring(0, given.length() - END.length()) : given;
    Path parent = file.toAbsolutePath().getParent();
    Path folder = parent == null ? Path.of("").toAbsolutePath() : parent;
    Map<FeedSetting, RecorderOptions> options = new HashMap<>();
    for (FeedSetting feed : feeds) {
      var _ = recorded(feed);
      String each = feeds.size() == 1 ? name : name + "-" + feed.name();
      options.put(feed, RecorderOptions.of(folder, each));
    }
    return options;
  }

  /** The options of a source that its recording has to keep. */
  private static Set<String> recorded(FeedSetting feed) {
    return feed.kind()
        .recordedOptions()
        .orElseThrow(() ->
            new IllegalArgumentException(
                ("%s can't be recorded, as nothing arrives at it from outside; record a live"
                        + " source")
                    .formatted(Range.word(feed.kind()))));
  }

  private static RecordingHeader header(FeedSetting feed, ZoneId zone, Settings settings) {
    Map<String, String> options = new HashMap<>();
    options.put(VendorPlan.SEED, Long.toString(VendorPlan.seedOf(settings.node())));
    for (String name : recorded(feed)) {
      String given = feed.options().get(name);
      String value = given == null ? commonOf(name, settings) : given;
      if (value != null) {
        options.put(name, value);
      }
    }
    return new RecordingHeader(feed.name(), Range.word(feed.kind()), options, zone);
  }

  /** What holds where a source does not say it itself; null if nothing does. */
  private static @Nullable String commonOf(String option, Settings settings) {
    return option.equals(VendorOptions.MODE) ? Range.word(settings.dhan().mode()) : null;
  }

  /** What hears the arrivals of a source: its recorder, if it is recorded. */
  public ArrivalTap tap(String source) {
    ArrivalRecorder recorder = all.get(source);
    return recorder == null ? DEAF : recorder;
  }

  /** Makes the recordings whole. */
  @Override
  public void close() {
    all.values().forEach(ArrivalRecorder::close);
  }
}
