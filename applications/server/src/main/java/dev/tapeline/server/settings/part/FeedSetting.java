package dev.tapeline.server.settings.part;

import dev.tapeline.feed.replay.Pace;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.ListEntry;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A source of market data that this node runs.
 *
 * @param options what the user says of the source, by name
 */
public record FeedSetting(FeedKind kind, Map<String, String> options) {

  private static final String NONE = "none";

  public static final Setting<SingleFeed> FEED =
      Setting.choice("TAPELINE_FEED", SingleFeed.NONE, "source of market data that this node runs");
  public static final Setting<List<FeedSetting>> FEEDS =
      Setting.parsed(
          "TAPELINE_FEEDS",
          SettingKind.LIST,
          NONE,
          Range.explained(
              "one or more of %s, by comma; or none".formatted(Range.words(FeedKind.class)),
              FeedSetting::parse),
          "sources of market data that this node runs, in place of `TAPELINE_FEED`");

  public FeedSetting {
    options = Map.copyOf(options);
  }

  public static List<FeedSetting> from(Values values) {
    if (values.given(FEED).isPresent() && values.given(FEEDS).isPresent()) {
      throw ConfigException.contradiction(
          values.named(FEEDS), values.named(FEED), "set one of them");
    }
    List<FeedSetting> named = named(values);
    boolean dhan = named.stream().anyMatch(feed -> feed.kind() == FeedKind.DHAN);
    if (!values.get(DhanSettings.ENABLED) || dhan) {
      return named;
    }
    List<FeedSetting> all = new ArrayList<>(named);
    all.add(new FeedSetting(FeedKind.DHAN, Map.of()));
    return List.copyOf(all);
  }

  private static List<FeedSetting> named(Values values) {
    return switch (values.get(FEED)) {
      case NONE -> values.get(FEEDS);
      case SIMULATOR -> List.of(new FeedSetting(FeedKind.SIMULATOR, Map.of()));
      case BUS -> List.of(new FeedSetting(FeedKind.BUS, Map.of()));
      case DHAN -> List.of(new FeedSetting(FeedKind.DHAN, Map.of()));
      case BINANCE -> List.of(new FeedSetting(FeedKind.BINANCE, Map.of()));
      case DERIBIT -> List.of(new FeedSetting(FeedKind.DERIBIT, Map.of()));
    };
  }

  private static List<FeedSetting> parse(String text) {
    if (text.isEmpty() || text.equals(NONE)) {
      return List.of();
    }
    Set<FeedKind> seen = EnumSet.noneOf(FeedKind.class);
    List<FeedSetting> feeds = new ArrayList<>();
    for (ListEntry entry : ListEntry.parse(text)) {
      FeedSetting feed = of(entry);
      if (!seen.add(feed.kind()) && feed.kind() != FeedKind.REPLAY) {
        throw new IllegalArgumentException(
            "'%s' is there twice; name each source once".formatted(entry.name()));
      }
      feeds.add(feed);
    }
    if (feeds.isEmpty()) {
      throw new IllegalArgumentException("it names no source; write none for that");
    }
    checkDistinct(feeds);
    return List.copyOf(feeds);
  }

  private static void checkDistinct(List<FeedSetting> feeds) {
    Set<String> names = new HashSet<>();
    for (FeedSetting feed : feeds) {
      if (!names.add(feed.name())) {
        throw new IllegalArgumentException(
            "two sources are named '%s'; give one of them another, as in name=b"
                .formatted(feed.name()));
      }
    }
  }

  /** The name of the source: the one it is given, or that of its kind and its file. */
  public String name() {
    String given = options.get("name");
    if (given != null) {
      return given;
    }
    return switch (kind) {
      case SIMULATOR, BUS, DHAN, BINANCE, DERIBIT -> Range.word(kind);
      case REPLAY -> SourceName.ofRecording(Path.of(options.getOrDefault("file", "")));
    };
  }

  private static FeedSetting of(ListEntry entry) {
    FeedKind kind =
        Range.constant(FeedKind.class, entry.name())
            .orElseThrow(() -> new IllegalArgumentException(noSource(entry.name())));
    checkOptions(entry, kind.options());
    if (entry.options().containsKey("name")) {
      SourceName.parse(entry.options().getOrDefault("name", ""));
    }
    switch (kind) {
      case REPLAY -> checkReplay(entry.options());
      case DHAN, BINANCE, DERIBIT -> VendorOptions.check(entry.name(), entry.options());
      case SIMULATOR, BUS -> {}
    }
    return new FeedSetting(kind, entry.options());
  }

  private static String noSource(String name) {
    return name.equals(NONE)
        ? "none stands alone, without a source beside it"
        : "'%s' is no source; the sources are %s".formatted(name, Range.words(FeedKind.class));
  }

  private static void checkOptions(ListEntry entry, Set<String> allowed) {
    Set<String> unknown = new TreeSet<>(entry.options().keySet());
    unknown.removeAll(allowed);
    if (!unknown.isEmpty()) {
      String names = allowed.isEmpty() ? "none" : String.join(", ", new TreeSet<>(allowed));
      throw new IllegalArgumentException(
          "'%s' is no option of %s, which takes %s"
              .formatted(unknown.iterator().next(), entry.name(), names));
    }
  }

  /**
   * How the file of a replay is to be read. Its option {@code vendor} is the source of its
   * messages: in YAML, {@code source} is the name of the entry.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  public static ReplayReading reading(Map<String, String> options) {
    Map<String, String> named = new HashMap<>(options);
    String vendor = named.remove("vendor");
    if (vendor != null) {
      named.put("source", vendor);
    }
    return ReplayReading.parse(named);
  }

  private static void checkReplay(Map<String, String> options) {
    if (!options.containsKey("file")) {
      throw new IllegalArgumentException("replay needs a file, as in replay file=day.gz");
    }
    Pace.parse(options.getOrDefault("speed", "1"));
    reading(options);
    for (String name : List.of("loop", "await-subscriber")) {
      String text = options.getOrDefault(name, "false");
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException(
            "%s of replay is true or false, not '%s'".formatted(name, text));
      }
    }
  }
}
