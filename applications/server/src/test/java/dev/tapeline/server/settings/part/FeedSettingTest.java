package dev.tapeline.server.settings.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.replay.LineSource;
import dev.tapeline.feed.replay.ReplayFormat;
import dev.tapeline.feed.replay.ReplayRange;
import dev.tapeline.feed.replay.ReplayReading;
import dev.tapeline.feed.replay.ReplayTime;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.declaration.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedSettingTest {

  private static final FeedSetting SIMULATOR = new FeedSetting(FeedKind.SIMULATOR, Map.of());
  private static final FeedSetting BUS = new FeedSetting(FeedKind.BUS, Map.of());

  @TempDir Path folder;

  @Test
  void severalSourcesStandByComma() {
    assertEquals(List.of(BUS, SIMULATOR), given("bus, simulator").feeds());
    assertEquals(List.of(BUS), given("bus").feeds());
    assertEquals(List.of(), load(Map.of()).feeds());
  }

  @Test
  void theSettingForOneSourceStaysValid() {
    assertEquals(List.of(SIMULATOR), load(Map.of("TAPELINE_FEED", "simulator")).feeds());
    assertEquals(List.of(BUS), load(Map.of("TAPELINE_FEED", "bus")).feeds());
    assertEquals(List.of(), load(Map.of("TAPELINE_FEED", "none")).feeds());
  }

  @Test
  void aReplayHasOptions() {
    assertEquals(
        List.of(
            SIMULATOR, new FeedSetting(FeedKind.REPLAY, Map.of("file", "a.gz", "speed", "max"))),
        given("simulator, replay file=a.gz speed=max").feeds());
  }

  @Test
  void aReplayReadsAPartOfAFileInItsFormat() throws IOException {
    ReplayReading reading =
        new ReplayReading(
            ReplayFormat.LINES,
            LineSource.BINANCE,
            new ReplayRange(ReplayTime.parse("09:15"), ReplayTime.parse("2026-11-29T10:00:00Z")));
    assertEquals(
        reading,
        readingOf(
            given("replay file=a format=lines vendor=binance from=09:15 to=2026-11-29T10:00:00Z")));
    assertEquals(
        reading,
        readingOf(
            yaml(
                "feeds: [{source: replay, file: a, format: lines, vendor: binance, from: 09:15,"
                    + " to: 2026-11-29T10:00:00Z}]")));
    assertEquals(ReplayReading.AUTO, readingOf(given("replay file=a format=auto")));
  }

  private static ReplayReading readingOf(Settings settings) {
    return FeedSetting.reading(settings.feeds().getFirst().options());
  }

  @Test
  void aSourceHasTheNameOfItsKindAndFileOrTheOneItIsGiven() throws IOException {
    assertEquals(
        List.of("simulator", "bus", "replay-day.gz", "replay-d_y"),
        given("simulator, bus, replay file=/data/day.gz, replay file=\"d y\"").feeds().stream()
            .map(FeedSetting::name)
            .toList());
    assertEquals("demo", given("simulator name=demo").feeds().getFirst().name());
    assertEquals(
        "monday",
        yaml("feeds: [{source: replay, file: day.gz, name: monday}]").feeds().getFirst().name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tapeline-feeds: [simulator, bus]",
        "feeds: simulator, bus",
        "feeds:\n  - simulator\n  - bus",
        "feeds:\n  - source: simulator\n  - {source: bus}",
        "tapeline-feeds:\n  - {source: simulator}\n  - bus",
      })
  void yamlTakesNamesAndEntries(String text) throws IOException {
    assertEquals(List.of(SIMULATOR, BUS), yaml(text).feeds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kraken | 'kraken' is no source; the sources are simulator, dhan, binance, deribit, bus,"
            + " replay",
        "replay | replay needs a file, as in replay file=day.gz",
        "replay file=x speed=fast | a speed is 'max' or a number over 0, not 'fast'",
        "replay file=x loop=yes | loop of replay is true or false, not 'yes'",
        "replay x=1 | 'x' is no option of replay, which takes await-subscriber, file, format, from,"
            + " loop, name, speed, to, vendor",
        "replay file=x format=xml | a format is auto or binance, record, csv, lines, not 'xml'",
        "replay file=x format=lines | format lines needs the source of its messages: --source"
            + " binance or deribit on the command line, vendor=binance in a list of feeds",
        "replay file=x vendor=okx | the source of messages in lines is binance, deribit, not 'okx'",
        "replay file=x from=9 | a time is one of the recording's first day, such as 09:15 or"
            + " 09:15:30, or an instant with its zone, such as 2026-11-29T09:15:00Z, not '9'",
        "bus, none | none stands alone, without a source beside it",
        ", | it names no source; write none for that",
        "SIMULATOR | 'SIMULATOR' is no source; the sources are simulator, dhan, binance, deribit, bus,"
            + " replay",
        "simulator,bus,simulator | 'simulator' is there twice; name each source once",
        "simulator seed=1 | 'seed' is no option of simulator, which takes name",
        "bus name=a | 'name' is no option of bus, which takes none",
        "simulator name=bus | 'bus' is the name of what comes from the bus",
        "simulator name=a:b | a name has 1 to 64 letters, digits and - _ ., unlike 'a:b'",
        "simulator name=a,replay file=x name=a | two sources are named 'a'; give one of them"
            + " another, as in name=b",
        "replay file=a/x,replay file=b/x | two sources are named 'replay-x'; give one of them"
            + " another, as in name=b",
        "binance watch=A:B:C | 'A:B:C' is neither a symbol like RELIANCE nor a key like NSE_EQ:2885",
        "binance socket-url=http://a | socket-url of binance begins with ws:// or wss:// and has a"
            + " host, unlike 'http://a'",
        "deribit rest-url=wss://a?token=x | rest-url of deribit begins with http:// or https:// and"
            + " has a host, unlike 'wss://a'",
        "binance mode=full | 'mode' is no option of binance, which takes ca-file, name, rest-url,"
            + " socket-url, watch, watch-books, watch-file",
        "dhan mode=all | mode of dhan is one of ticker, quote, full, not 'all'",
        "bus seed=1 seed=2 | 'seed' is there twice in one entry; write it once",
        "replay file=my day.gz, bus | 'day.gz' is no KEY=VALUE; put a value with a space, a comma"
            + " or a quote in double quotes: file=\"my day.gz\"",
        "bus seed | 'seed' is no KEY=VALUE; put a value with a space, a comma or a quote in double"
            + " quotes: KEY=\"a value\"",
      })
  void malformedTellsWhatToWrite(String text, String reason) {
    assertEquals(
        "tapeline-feeds: '%s' (variable TAPELINE_FEEDS) is not allowed: %s".formatted(text, reason),
        refusal(Map.of("TAPELINE_FEEDS", text)));
  }

  @Test
  void aVendorHasOptions() {
    assertEquals(
        new FeedSetting(FeedKind.BINANCE, Map.of("watch", "BTCUSDT+ETHUSDT", "name", "b")),
        given("binance watch=BTCUSDT+ETHUSDT name=b").feeds().getFirst());
  }

  @Test
  void dhanNeedsAnAccount() {
    String named =
        "tapeline-feeds: 'dhan' (variable TAPELINE_FEEDS) is not allowed; allowed is dhan only";
    assertEquals(
        named + " together with dhanhq-client-id", refusal(Map.of("TAPELINE_FEEDS", "dhan")));
    assertEquals(
        named + " together with dhanhq-access-token or dhanhq-access-token-file",
        refusal(Map.of("TAPELINE_FEEDS", "dhan", "DHANHQ_CLIENT_ID", "1")));
    assertEquals(
        "dhanhq-access-token-file: 'f' (variable DHANHQ_ACCESS_TOKEN_FILE) contradicts"
            + " dhanhq-access-token: (hidden) (variable DHANHQ_ACCESS_TOKEN); set one of them",
        refusal(Map.of("DHANHQ_ACCESS_TOKEN", "t", "DHANHQ_ACCESS_TOKEN_FILE", "f")));
  }

  @Test
  void theFlagOfSeed003AddsDhan() {
    Map<String, String> account =
        Map.of(
            "DHANHQ_WS_ENABLED", "true", "DHANHQ_CLIENT_ID", "1", "DHANHQ_ACCESS_TOKEN", "secret");
    FeedSetting dhan = new FeedSetting(FeedKind.DHAN, Map.of());
    assertEquals(List.of(dhan), load(account).feeds());
    Map<String, String> both = new HashMap<>(account);
    both.put("TAPELINE_FEEDS", "bus");
    assertEquals(List.of(BUS, dhan), load(both).feeds());
    both.put("TAPELINE_FEEDS", "dhan mode=full");
    assertEquals(1, load(both).feeds().size());
    assertEquals(
        "dhanhq-ws-enabled: 'true' (variable DHANHQ_WS_ENABLED) is not allowed; allowed is dhan only"
            + " together with dhanhq-client-id",
        refusal(Map.of("DHANHQ_WS_ENABLED", "true")));
  }

  @Test
  void noneIsNoSource() throws IOException {
    assertEquals(List.of(), given("none").feeds());
    assertEquals(List.of(), yaml("feeds: none").feeds());
    assertEquals(List.of(), yaml("feeds: []").feeds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[bus, {replay: {file: a}}] | 1 | 'replay' has no plain value",
        "- bus;- seed: 1 | 3 | an entry has no source",
        "- bus;- source: replay;  file: [a] | 3 | 'file' has no plain value",
        "- bus;-;- simulator | 3 | no plain value",
        "{source: bus} | 1 | no plain value",
      })
  void yamlThatIsNoEntryShowsTheFormOfOne(String list, int line, String reason) throws IOException {
    String message = yamlRefusal(list);
    assertTrue(message.startsWith("tapeline-feeds: " + reason), message);
    assertTrue(message.contains("settings.yaml line %d)".formatted(line)), message);
    assertTrue(message.endsWith(" {source: replay, file: day.gz}"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- bus;- {source: replay, file: a, x: 1} | 3 | replay file=a x=1 | 'x' is no option",
        "- bus;- simulator;- bus;- simulator | 4 | bus | 'bus' is there twice",
        "- bus;- kraken;- replay | 3 | kraken | 'kraken' is no source",
        "- bus;- none | 3 | none | none stands alone",
        "['', ''] | 1 || it names no source",
      })
  void yamlNamesTheLineAndTextOfTheWrongEntry(
      String list, int line, @Nullable String entry, String reason) throws IOException {
    String message = yamlRefusal(list);
    assertTrue(
        message.startsWith(
            "tapeline-feeds: '%s' (".formatted(Objects.requireNonNullElse(entry, ""))),
        message);
    assertTrue(
        message.contains("settings.yaml line %d) is not allowed: %s".formatted(line, reason)),
        message);
  }

  private String yamlRefusal(String list) {
    String start = list.startsWith("-") ? "feeds:\n" : "feeds: ";
    String text = start + list.replace(';', '\n');
    String message = assertThrows(ConfigException.class, () -> yaml(text)).getMessage();
    assertFalse(message.contains("\n"), message);
    return message;
  }

  @Test
  void aKeySetTwiceNamesItsLines() {
    String message =
        assertThrows(ConfigException.class, () -> yaml("feeds: bus\ntapeline-feeds: bus"))
            .getMessage();
    assertTrue(message.matches("tapeline-feeds: set twice .* line 1 and .* line 2."), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"simulator", "none"})
  void bothSettingsContradictEachOther(String feed) {
    assertEquals(
        "tapeline-feeds: 'bus' (variable TAPELINE_FEEDS) contradicts tapeline-feed: '%s' (variable"
                .formatted(feed)
            + " TAPELINE_FEED); set one of them",
        refusal(Map.of("TAPELINE_FEEDS", "bus", "TAPELINE_FEED", feed)));
  }

  @Test
  void theCommandLineReplacesBothSettings() {
    assertEquals(
        List.of(SIMULATOR),
        Settings.load(Map.of("TAPELINE_FEEDS", "bus"), Map.of("TAPELINE_FEED", "simulator"))
            .feeds());
    assertEquals(
        List.of(),
        Settings.load(Map.of("TAPELINE_FEEDS", "bus"), Map.of("TAPELINE_FEED", "none")).feeds());
  }

  @Test
  void anIngestNodeNeedsASourceByEitherSetting() {
    Map<String, String> ingest = Map.of("TAPELINE_ROLE", "ingest", "REDIS_HOST", "a");
    assertTrue(
        refusal(ingest).endsWith("only together with a tapeline-feed or with tapeline-feeds"));
    for (String variable : List.of("TAPELINE_FEED", "TAPELINE_FEEDS")) {
      Map<String, String> fed =
          Map.of("TAPELINE_ROLE", "ingest", "REDIS_HOST", "a", variable, "simulator");
      assertEquals(List.of(SIMULATOR), load(fed).feeds());
    }
  }

  private Settings yaml(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.yaml"), text);
    return Settings.load(file, Map.of(), Map.of(), Map.of());
  }

  private static Settings given(String feeds) {
    return load(Map.of("TAPELINE_FEEDS", feeds));
  }

  private static Settings load(Map<String, String> environment) {
    return Settings.load(environment, Map.of());
  }

  private static String refusal(Map<String, String> environment) {
    return assertThrows(ConfigException.class, () -> load(environment)).getMessage();
  }
}
