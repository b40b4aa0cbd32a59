package dev.tapeline.server.settings.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.DurableRules;
import dev.tapeline.core.DurableRules.Plain;
import dev.tapeline.core.DurableRules.Rule;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Selector;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.declaration.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurableChannelsTest {

  private static final LogBounds BOUNDS = new LogBounds(5_000, Duration.ofHours(2), 4_194_304);
  private static final LogBounds DEFAULT = new LogBounds(1_000, Duration.ofHours(1), 1_048_576);

  @TempDir Path folder;

  @Test
  void theContractsChannelsAreDurableWhereNothingIsSaid() {
    DurableRules rules = Settings.load(Map.of(), Map.of()).durable();
    List<String> channels =
        List.of("trade@X", "candles:X:1m", "option-chain:X:Y", "engine:signal", "positions:u");
    assertTrue(channels.stream().allMatch(rules::isDurable));
    assertFalse(rules.isDurable("market:tick:X"));
    assertEquals(rule("alerts:*", DEFAULT, Plain.ADOPT), rules.ruleFor("alerts:u").orElseThrow());
  }

  @Test
  void patternsComeWithWhatIsSaidOfThem() {
    assertEquals(
        List.of(
            rule("mine:*", BOUNDS, Plain.MIRROR),
            rule("one name", DEFAULT, Plain.ADOPT),
            rule("x@*", new LogBounds(1_000, Duration.ofSeconds(90), 1_048_576), Plain.ADOPT)),
        given("mine:* length=5000 age=2h  bytes=4194304 plain=mirror, one name,x@* age=90s"));
  }

  @Test
  void theyReplaceTheBuiltInOnesUnlessTheseAreNamed() {
    assertEquals(List.of(rule("a:*", DEFAULT, Plain.ADOPT)), given("a:*"));
    List<Rule> both = new ArrayList<>(List.of(rule("trade@*", BOUNDS, Plain.ADOPT)));
    both.addAll(ChannelRules.DURABLE.rules());
    assertEquals(both, given("trade@* length=5000 age=2h bytes=4194304, built-in"));
    assertEquals(ChannelRules.DURABLE.rules(), given("built-in"));
  }

  @Test
  void noneIsDurable() {
    assertEquals(List.of(), given("none"));
  }

  @Test
  void yamlTakesEntriesAndTexts() throws IOException {
    assertEquals(
        List.of(
            rule("mine:*", BOUNDS, Plain.MIRROR),
            rule("b:*", DEFAULT, Plain.ADOPT),
            rule("c:*", DEFAULT, Plain.MIRROR)),
        yaml(
            """
            tapeline-durable:
              - {length: 5000, pattern: "mine:*", age: 2h, bytes: 4194304, plain: mirror}
              - pattern: "b:*"
              - c:* plain=mirror
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a:* length=0 | length is a whole number from 1 to 1000000, not '0'",
        "a:* length=1000001 | length is a whole number from 1 to 1000000, not '1000001'",
        "a:* bytes=1k | bytes is a whole number from 1 to 1073741824, not '1k'",
        "a:* age=10 | age is a time of whole seconds from 1s to 168h, not '10'",
        "a:* age=1500ms | age is a time of whole seconds from 1s to 168h, not '1500ms'",
        "a:* age=0s | age is a time of whole seconds from 1s to 168h, not '0s'",
        "a:* age=169h | age is a time of whole seconds from 1s to 168h, not '169h'",
        "a:* plain=ADOPT | plain is adopt or mirror, not 'ADOPT'",
        "a:* len=5 | 'len' is none of length, age, bytes, plain",
        "a:* length=5 length=6 | two of 'length=6' in one rule",
        "a:*, b:*, a:* length=2 | 'a:*' is there twice",
        "a:*, none | none stands alone",
        "a[b | a channel name must not hold '['",
      })
  void malformedTellsWhatIsWrong(String text, String reason) {
    String message = refusal(Map.of("TAPELINE_DURABLE", text));
    assertTrue(
        message.startsWith(
            "tapeline-durable: '%s' (variable TAPELINE_DURABLE) is not allowed; allowed is %s ("
                .formatted(text, DurableChannels.DURABLE.range().allowed())),
        message);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void refusalIsOneLineWhateverTheText() {
    String message = refusal(Map.of("TAPELINE_DURABLE", "a:* length=1\n2"));
    assertFalse(message.contains("\n"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tapeline-durable:\n  - {length: 5}",
        "tapeline-durable:\n  - {pattern: a, length: [1]}",
        "tapeline-durable: {pattern: a}",
        "allowed-origins:\n  - {pattern: a}",
      })
  void malformedYamlNamesTheLine(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.yaml"), text);
    String message = refusal(file, Map.of());
    assertTrue(message.contains("settings.yaml line "), message);
    assertFalse(message.contains("\n"), message);
  }

  private List<Rule> yaml(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.yaml"), text);
    return Settings.load(file, Map.of(), Map.of(), Map.of()).durable().rules();
  }

  private static List<Rule> given(String text) {
    Map<String, String> environment = Map.of("TAPELINE_DURABLE", text);
    return Settings.load(environment, Map.of()).durable().rules();
  }

  private static Rule rule(String selector, LogBounds bounds, Plain plain) {
    return new Rule(Selector.parse(selector), bounds, plain);
  }

  private static String refusal(Map<String, String> environment) {
    return refusal(null, environment);
  }

  private static String refusal(@Nullable Path file, Map<String, String> environment) {
    return assertThrows(
            ConfigException.class, () -> Settings.load(file, environment, Map.of(), Map.of()))
        .getMessage();
  }
}
