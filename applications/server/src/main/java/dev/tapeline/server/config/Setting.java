package dev.tapeline.server.config;

import java.util.Locale;

/**
 * One thing that a user can set: by environment variable, or by the same name in kebab case as a
 * key of the YAML file.
 *
 * @param fallback the default as the documentation shows it
 * @param allowed what a value may be, in words
 */
public record Setting(String variable, String fallback, String allowed, boolean secret) {

  static Setting of(String variable, String fallback, String allowed) {
    return new Setting(variable, fallback, allowed, false);
  }

  static Setting secret(String variable, String allowed) {
    return new Setting(variable, "none", allowed, true);
  }

  /** The name in the YAML file. */
  public String key() {
    return variable.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
