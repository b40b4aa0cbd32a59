package dev.tapeline.server.settings;

import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import java.util.List;
import java.util.Locale;

/**
 * A setting of a feature that this version does not have. Setting it stops the start, so that no
 * server runs without a protection that its operator believes to be on.
 *
 * @param harmless the value that does not ask for the feature; empty if each value does
 */
record Absent(Setting<?> setting, String harmless, String feature) {

  static final List<Absent> ALL = List.of(secret("DATABASE_URL", "the database"));

  private static final String NOTHING = "leaving it out";

  private static Absent secret(String variable, String feature) {
    return new Absent(Setting.secret(variable, Range.texts(NOTHING), feature), "", feature);
  }

  static void check(Values values) {
    for (Absent absent : ALL) {
      values.given(absent.setting()).ifPresent(absent::refuse);
    }
  }

  private void refuse(Value value) {
    if (!value.text().toLowerCase(Locale.ROOT).equals(harmless)) {
      throw new ConfigException(
          "%s: %s (%s) asks for %s, which this version does not have; allowed is %s"
              .formatted(
                  setting.key(),
                  value.shown(),
                  value.source(),
                  feature,
                  setting.range().allowed()));
    }
  }
}
