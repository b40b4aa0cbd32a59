package dev.tapeline.server.settings;

import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.part.FeedSetting;
import dev.tapeline.server.settings.part.ListenSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sources of settings: the YAML file, the environment over it, the command line over both. */
final class Sources {

  static final String OWN_PREFIX = "TAPELINE_";

  private Sources() {}

  /**
   * Merges them.
   *
   * @param file null if there is none
   */
  static Map<Setting<?>, Value> merge(
      @Nullable Path file,
      Map<String, String> environment,
      Map<String, String> options,
      Map<String, String> defaults) {
    Map<Setting<?>, Value> values = new HashMap<>();
    from(defaults, "the default of this command").forEach(value -> put(values, value));
    if (file != null) {
      YamlFile.read(file).forEach(value -> put(values, value));
    }
    checkOwnVariables(environment);
    dropPortOf(values, environment);
    Catalog.byKey()
        .values()
        .forEach(setting ->
            fromEnvironment(setting, environment).ifPresent(value -> put(values, value)));
    dropFeedsOf(values, options);
    from(options, "the command line").forEach(value -> put(values, value));
    return values;
  }

  private static List<Value> from(Map<String, String> texts, String source) {
    return Catalog.byKey().values().stream()
        .filter(setting -> texts.containsKey(setting.variable()))
        .map(setting -> new Value(setting, texts.getOrDefault(setting.variable(), ""), source))
        .toList();
  }

  private static void put(Map<Setting<?>, Value> values, Value value) {
    values.put(value.setting(), value);
  }

  /** PORT stands for tapeline-api-port, and so replaces the one of the file. */
  private static void dropPortOf(Map<Setting<?>, Value> values, Map<String, String> environment) {
    if (fromEnvironment(ListenSettings.PORT, environment).isPresent()) {
      values.remove(ListenSettings.API_PORT);
    }
  }

  /** Either of the two settings of feeds, on the command line, replaces both. */
  private static void dropFeedsOf(Map<Setting<?>, Value> values, Map<String, String> options) {
    List<Setting<?>> feeds = List.of(FeedSetting.FEED, FeedSetting.FEEDS);
    if (feeds.stream().anyMatch(setting -> options.containsKey(setting.variable()))) {
      feeds.forEach(values::remove);
    }
  }

  /** An empty variable counts as not set, as container tools unset variables that way. */
  private static Optional<Value> fromEnvironment(
      Setting<?> setting, Map<String, String> environment) {
    return Optional.ofNullable(environment.get(setting.variable()))
        .filter(text -> !text.isEmpty())
        .filter(text -> !ServiceVariables.includes(setting.variable(), text))
        .map(text -> new Value(setting, text, "variable " + setting.variable()));
  }

  private static void checkOwnVariables(Map<String, String> environment) {
    environment.forEach((name, text) -> {
      if (name.startsWith(OWN_PREFIX) && !isKnown(name) && !ServiceVariables.includes(name, text)) {
        throw new ConfigException(
            "%s: '%s' (variable %s) is no setting; allowed are %s"
                .formatted(name, text.isEmpty() ? "" : "…", name, Catalog.ownVariables()));
      }
    });
  }

  private static boolean isKnown(String variable) {
    return Catalog.OTHER_VARIABLES.contains(variable) || Catalog.hasVariable(variable);
  }
}
