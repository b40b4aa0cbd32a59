package dev.tapeline.server.config;

import java.util.List;
import java.util.Locale;

/**
 * A setting of a feature that this version does not have. Asking for the feature stops the start,
 * so that nobody runs without a protection that they believe to be on.
 *
 * @param harmless the value that asks for nothing, empty where each value does
 */
record Absent(Setting setting, String harmless, String feature) {

  static final List<Absent> ALL =
      List.of(
          secret("DATABASE_URL", "the database"),
          of("DHANHQ_WS_ENABLED", "false", "the Dhan feed"),
          of("DHANHQ_WS_MODE", "quote", "the Dhan feed"),
          secret("DHANHQ_CLIENT_ID", "the Dhan feed"),
          secret("DHANHQ_ACCESS_TOKEN", "the Dhan feed"));

  private static Absent of(String variable, String harmless, String feature) {
    String allowed = harmless.isEmpty() ? "leaving it out" : "'" + harmless + "' or leaving it out";
    return new Absent(Setting.of(variable, "none", allowed), harmless, feature);
  }

  private static Absent secret(String variable, String feature) {
    return new Absent(Setting.secret(variable, "leaving it out"), "", feature);
  }

  static void check(Values values) {
    for (Absent absent : ALL) {
      values.get(absent.setting()).ifPresent(absent::refuse);
    }
  }

  private void refuse(Value value) {
    if (!value.text().toLowerCase(Locale.ROOT).equals(harmless)) {
      throw new ConfigException(
          "%s: %s (%s) asks for %s, which this version does not have; allowed is %s"
              .formatted(setting.key(), value.shown(), value.source(), feature, setting.allowed()));
    }
  }
}
