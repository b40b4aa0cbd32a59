package dev.tapeline.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.part.RedisTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for operators have the settings as they are declared. */
class OperationsPageTest {

  private static final String HEAD =
      """
      | variable | default | range | meaning |
      |---|---|---|---|
      """;

  @Test
  void operationsHasAllSettings() throws IOException {
    assertTable(Catalog.ALL, "operations.md");
  }

  @Test
  void redisHasItsSettings() throws IOException {
    assertTable(
        List.of(
            RedisTarget.URL,
            RedisTarget.HOST,
            RedisTarget.PORT,
            RedisTarget.PASSWORD,
            RedisTarget.MAX_CONNECTIONS,
            RedisTarget.KEY_PREFIX),
        "redis.md");
  }

  @Test
  void meaningsAreOneOrTwoSentences() {
    for (Setting<?> setting : Catalog.ALL) {
      String doc = setting.doc();
      assertTrue(doc.split("\\. ").length <= 2, doc);
      assertTrue(!doc.endsWith(".") && !doc.contains("|") && !doc.contains("\n"), doc);
    }
  }

  private static void assertTable(List<Setting<?>> settings, String page) throws IOException {
    String declared =
        HEAD + settings.stream().map(OperationsPageTest::row).collect(Collectors.joining("\n"));
    assertEquals(
        declared,
        tableOf(page),
        () -> "the table of settings in docs/%s has to be:\n%s\n".formatted(page, declared));
  }

  private static String tableOf(String page) throws IOException {
    Path file = Path.of(System.getProperty("tapeline.root"), "docs", page);
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .dropWhile(line -> !HEAD.startsWith(line + "\n"))
          .takeWhile(line -> line.startsWith("|"))
          .collect(Collectors.joining("\n"));
    }
  }

  private static String row(Setting<?> setting) {
    return Stream.of(
            "`%s`%s".formatted(setting.variable(), setting.isSecret() ? " *" : ""),
            fallback(setting.fallback()),
            range(setting),
            setting.doc())
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Formats a default: a value that a user could write is code. */
  private static String fallback(DefaultValue<?> fallback) {
    return switch (fallback) {
      case DefaultValue.Fixed<?> fixed -> "`%s`".formatted(fixed.shown());
      case DefaultValue.Described<?> described -> described.shown();
      case DefaultValue.OfMemory<?> share -> share.shown();
    };
  }

  private static String range(Setting<?> setting) {
    String unit = setting.kind() == SettingKind.SIZE ? " bytes" : "";
    return setting.range().shown().replace("|", "\\|") + unit;
  }
}
