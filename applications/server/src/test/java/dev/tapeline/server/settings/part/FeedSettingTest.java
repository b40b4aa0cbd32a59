package dev.tapeline.server.settings.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.declaration.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        "binance | 'binance' is none of simulator, bus, replay",
        "replay | replay needs a file, as in replay file=day.gz",
        "replay file=x speed=fast | a speed is 'max' or a number over 0, not 'fast'",
        "replay file=x loop=yes | loop of replay is true or false, not 'yes'",
        "replay x=1 | 'x' is no option of replay, which takes await-subscriber, file, loop, name,"
            + " speed",
        "none | 'none' is none of simulator, bus, replay",
        "SIMULATOR | 'SIMULATOR' is none of simulator, bus, replay",
        "simulator,bus,simulator | 'simulator' is there twice",
        "simulator seed=1 | 'seed' is no option of simulator, which takes name",
        "bus name=a | 'name' is no option of bus, which takes none",
        "simulator name=bus | 'bus' is the name of what comes from the bus",
        "simulator name=a:b | a name has 1 to 64 letters, digits and - _ ., unlike 'a:b'",
        "simulator name=a,replay file=x name=a | two sources are named 'a'; give one of them"
            + " another, as in name=b",
        "replay file=a/x,replay file=b/x | two sources are named 'replay-x'; give one of them"
            + " another, as in name=b",
        "bus seed | 'seed' is no NAME [KEY=VALUE]",
        "bus seed=1 seed=2 | 'seed' is there twice in one entry",
      })
  void malformedTellsWhatIsWrong(String text, String reason) {
    String message = refusal(Map.of("TAPELINE_FEEDS", text));
    assertEquals(
        "tapeline-feeds: '%s' (variable TAPELINE_FEEDS) is not allowed; allowed is one or more of"
                .formatted(text)
            + " simulator, bus, replay, by comma (%s)".formatted(reason),
        message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "feeds:\n  - {seed: 1}",
        "feeds:\n  - {source: bus, seed: [1]}",
        "feeds: {source: bus}",
        "feeds: bus\ntapeline-feeds: bus",
        "feeds:\n  - {source: bus, seed: 'a, b'}",
      })
  void malformedYamlNamesTheLine(String text) {
    String message = assertThrows(ConfigException.class, () -> yaml(text)).getMessage();
    assertTrue(message.startsWith("tapeline-feeds: "), message);
    assertTrue(message.contains("settings.yaml line "), message);
    assertFalse(message.contains("\n"), message);
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
        Settings.load(
                Optional.empty(),
                Map.of("TAPELINE_FEEDS", "bus"),
                Map.of("TAPELINE_FEED", "simulator"))
            .feeds());
    assertEquals(
        List.of(),
        Settings.load(
                Optional.empty(), Map.of("TAPELINE_FEEDS", "bus"), Map.of("TAPELINE_FEED", "none"))
            .feeds());
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
    return Settings.load(Optional.of(file), Map.of(), Map.of());
  }

  private static Settings given(String feeds) {
    return load(Map.of("TAPELINE_FEEDS", feeds));
  }

  private static Settings load(Map<String, String> environment) {
    return Settings.load(Optional.empty(), environment, Map.of());
  }

  private static String refusal(Map<String, String> environment) {
    return assertThrows(ConfigException.class, () -> load(environment)).getMessage();
  }
}
