package dev.tapeline.server.settings.declaration;

import java.util.Map;
import java.util.Optional;

/** The values of all settings: what was given, or else the default. */
public final class Values {

  private final Map<Setting<?>, Value> given;
  private final Memory memory;

  /**
   * Creates the values from the given ones.
   *
   * @param memory decides those defaults that are shares of it
   */
  public Values(Map<Setting<?>, Value> given, Memory memory) {
    this.given = Map.copyOf(given);
    this.memory = memory;
  }

  /**
   * Reads a setting.
   *
   * @throws ConfigException if what was given is out of range
   */
  public <T> T get(Setting<T> setting) {
    Value value = given.get(setting);
    return value == null ? setting.fallback().in(memory) : setting.range().read(value);
  }

  /** The given text, unread. */
  public Optional<Value> given(Setting<?> setting) {
    return Optional.ofNullable(given.get(setting));
  }

  /** The given text, or otherwise the default, as an error names it. */
  public Value named(Setting<?> setting) {
    return given(setting)
        .orElseGet(() -> new Value(setting, String.valueOf(get(setting)), "the default"));
  }
}
