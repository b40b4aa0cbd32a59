package dev.tapeline.server.settings.part;

import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.server.calendar.CalendarException;
import dev.tapeline.server.calendar.CalendarFile;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;
import java.nio.file.Path;
import java.util.Optional;

/** The setting of the trading calendar: a file that lies over the built-in one. */
public final class CalendarSetting {

  public static final Setting<Optional<Path>> CALENDAR =
      Setting.optional(
          "TAPELINE_CALENDAR",
          SettingKind.TEXT,
          "built-in",
          Range.files("a YAML file of holidays and hours"),
          "file of holidays, special sessions and hours that lies over the built-in calendar");

  private CalendarSetting() {}

  public static TradingCalendar from(Values values) {
    Optional<Path> file = values.get(CALENDAR);
    try {
      return file.map(CalendarFile::overBuiltIn).orElseGet(CalendarFile::builtIn);
    } catch (CalendarException e) {
      throw ConfigException.notAllowed(
          values.named(CALENDAR),
          "a valid file of holidays and hours (%s)".formatted(e.getMessage()));
    }
  }
}
