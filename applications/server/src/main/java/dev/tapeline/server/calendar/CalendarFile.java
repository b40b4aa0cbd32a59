package dev.tapeline.server.calendar;

import dev.tapeline.market.session.TradingCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The files that the trading calendar is read from: the built-in one, and a file of the user over
 * it. It is read in this package because the domain does no input, and because only the server,
 * which reads all other settings too, may use YAML; all other modules get the calendar.
 */
public final class CalendarFile {

  private static final long MAX_BYTES = 1 << 20;

  private CalendarFile() {}

  /** The built-in calendar, which is read once. */
  private static final class BuiltIn {

    static final CalendarText TEXT = CalendarParser.parse(text(), "the built-in calendar");
    static final TradingCalendar CALENDAR = TEXT.calendar();

    private static String text() {
      try (InputStream file =
          Objects.requireNonNull(CalendarFile.class.getResourceAsStream("calendar.yaml"))) {
        return new String(file.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static TradingCalendar builtIn() {
    return BuiltIn.CALENDAR;
  }

  /**
   * The built-in calendar with the user's file over it.
   *
   * @throws CalendarException for the first thing that is wrong in the file
   */
  public static TradingCalendar overBuiltIn(Path path) {
    CalendarText own = CalendarParser.parse(text(path), path.toString());
    try {
      return own.over(BuiltIn.TEXT).calendar();
    } catch (IllegalArgumentException e) {
      throw new CalendarException("%s: %s".formatted(path, e.getMessage()));
    }
  }

  private static String text(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new CalendarException("%s is longer than %d bytes".formatted(path, MAX_BYTES));
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw new CalendarException("%s can't be read: %s".formatted(path, e.getMessage()));
    }
  }
}
