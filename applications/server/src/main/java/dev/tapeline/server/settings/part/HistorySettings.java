package dev.tapeline.server.settings.part;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import dev.tapeline.store.history.RecorderRules;
import dev.tapeline.store.history.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the history.
 *
 * @param rules what is recorded; null if nothing is, and there is no history
 * @param questdb the QuestDB server; null if the history is in the database
 * @param indices the underlyings whose volatility index is kept, whether or not anybody wants it
 * @param backfilling whether vendors are asked for what is missing
 */
public record HistorySettings(
    @Nullable RecorderRules rules,
    @Nullable URI questdb,
    List<String> indices,
    Backfilling backfilling) {

  private static final String TICKS = "ticks";
  private static final String CHAINS = "chains";
  private static final int MAX_UNDERLYINGS = 100;
  private static final String OFF = "off";
  private static final int MAX_DAYS = 36_500;

  /** Replaces the default, for those who test the program. */
  private static final String PROPERTY = "tapeline.history";

  private static final Range<Kept> KEPT =
      Range.explained(
          "frames of bars, such as 1m and 1d, `ticks`, and `chains`, by comma; or off",
          HistorySettings::kept);

  public static final Setting<Kept> HISTORY =
      new Setting<>(
          "TAPELINE_HISTORY",
          SettingKind.LIST,
          new DefaultValue.Described<>("`1m,1d`", kept(System.getProperty(PROPERTY, "1m,1d"))),
          KEPT,
          "what is kept of all sources: closed bars of these frames, of which longer ones are made"
              + " when they are asked for, `ticks`, which are trades and values of indices, and"
              + " `chains`, which are the snapshots of option chains");
  public static final Setting<List<String>> INDICES =
      Setting.list(
          "TAPELINE_HISTORY_IVDEX",
          "none",
          Range.parsed(
              "up to %d symbols of underlyings, by comma".formatted(MAX_UNDERLYINGS),
              HistorySettings::underlyings),
          "underlyings, such as `NIFTY,BANKNIFTY`, whose volatility index is computed and kept also"
              + " while nobody listens to it, so that their chains have an `ivRank`");
  public static final Setting<Optional<URI>> URL =
      Setting.secret(
          "HISTORY_URL",
          Range.explained("the http:// or https:// address of a QuestDB", HistorySettings::address),
          "a QuestDB server that keeps the history, such as `http://user:password@host:9000`,"
              + " instead of the database");
  public static final Setting<Optional<Path>> URL_FILE =
      Setting.optional(
          "HISTORY_URL_FILE",
          SettingKind.TEXT,
          "none",
          Range.files("a file that holds the address of a QuestDB"),
          "file of the address, in place of `HISTORY_URL`. It is read at the start");
  public static final Setting<Integer> BAR_DAYS =
      Setting.count(
          "TAPELINE_HISTORY_BAR_DAYS",
          400,
          1,
          MAX_DAYS,
          "days that bars within a day are kept. Bars of days, weeks and months are kept for good");
  public static final Setting<Integer> TICK_DAYS =
      Setting.count("TAPELINE_HISTORY_TICK_DAYS", 7, 1, MAX_DAYS, "days that ticks are kept");
  public static final Setting<Integer> CHAIN_DAYS =
      Setting.count(
          "TAPELINE_HISTORY_CHAIN_DAYS",
          30,
          1,
          MAX_DAYS,
          "days that snapshots of option chains are kept");
  public static final Setting<Integer> QUEUE =
      Setting.count(
          "TAPELINE_HISTORY_QUEUE",
          200_000,
          1_000,
          10_000_000,
          "rows that wait while the store is away or slow: so many ticks, and so many bars and"
              + " others; of snapshots of chains 32 MiB. Further ones are counted as dropped");

  public static final Setting<Backfilling> BACKFILL =
      Setting.choice(
          "TAPELINE_BACKFILL",
          Backfilling.AUTO,
          "whether bars that a live source has missed are fetched of its vendor's REST, for calls"
              + " of candles and after each start or outage. It needs `1m` or `1d` in"
              + " `TAPELINE_HISTORY`, and costs calls of the account");

  /** What is kept: frames of bars, ticks or not, chains or not; nothing if there are none. */
  public record Kept(Set<Frame> frames, boolean ticks, boolean chains) {

    boolean isNothing() {
      return frames.isEmpty() && !ticks && !chains;
    }
  }

  private static Kept kept(String text) {
    List<String> parts = Range.parts(text, part -> part);
    if (parts.equals(List.of(OFF))) {
      return new Kept(Set.of(), false, false);
    }
    Set<Frame> frames = new LinkedHashSet<>();
    parts.stream()
        .filter(part -> !part.equals(TICKS) && !part.equals(CHAINS))
        .map(Frame::parse)
        .forEach(frames::add);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("name frames, ticks, chains, or off");
    }
    return new Kept(frames, parts.contains(TICKS), parts.contains(CHAINS));
  }

  private static List<String> underlyings(String text) {
    List<String> symbols = Range.parts(text, HistorySettings::symbol).stream().distinct().toList();
    if (symbols.size() > MAX_UNDERLYINGS) {
      throw new IllegalArgumentException("these are %d".formatted(symbols.size()));
    }
    return symbols;
  }

  private static String symbol(String text) {
    if (!Reference.isValidPart(text)) {
      throw new IllegalArgumentException("'%s' is no symbol".formatted(text));
    }
    return text;
  }

  private static URI address(String text) {
    URI url = URI.create(text.strip());
    boolean isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!isWeb || url.getHost() == null) {
      throw new IllegalArgumentException("write it as http://host:9000");
    }
    return url;
  }

  public static HistorySettings from(Values values) {
    Kept kept = values.get(HISTORY);
    List<String> indices = values.get(INDICES);
    if (kept.isNothing() && !indices.isEmpty()) {
      throw ConfigException.contradiction(
          values.named(INDICES),
          values.named(HISTORY),
          "have the history keep something, such as 1d");
    }
    RecorderRules rules = kept.isNothing() ? null : rules(kept, values);
    return new HistorySettings(rules, questdb(values).orElse(null), indices, values.get(BACKFILL));
  }

  private static RecorderRules rules(Kept kept, Values values) {
    Retention retention =
        new Retention(
            Duration.ofDays(values.get(BAR_DAYS)),
            Duration.ofDays(values.get(TICK_DAYS)),
            Duration.ofDays(values.get(CHAIN_DAYS)));
    return new RecorderRules(
        kept.frames(), kept.ticks(), kept.chains(), values.get(QUEUE), retention);
  }

  private static Optional<URI> questdb(Values values) {
    Optional<Value> url = values.given(URL);
    Optional<Value> file = values.given(URL_FILE);
    if (url.isPresent() && file.isPresent()) {
      throw ConfigException.contradiction(file.get(), url.get(), "set one of them");
    }
    return values
        .get(URL)
        .or(() -> values.get(URL_FILE).map(path -> read(path, values.named(URL_FILE))));
  }

  private static URI read(Path file, Value named) {
    try {
      return address(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException _) {
      throw ConfigException.notAllowed(named, "a file that can be read");
    } catch (IllegalArgumentException _) {
      throw ConfigException.notAllowed(named, "a file with an address such as http://host:9000");
    }
  }

  /** What is kept of the bars that are fetched of vendors; null if none are. */
  public @Nullable RecorderRules fetched() {
    return backfilling == Backfilling.AUTO ? rules : null;
  }

  /** The settings without secrets. */
  @Override
  public String toString() {
    String where = questdb == null ? "the database" : questdb.getHost();
    return "history of %s in %s".formatted(rules, where);
  }
}
