package dev.tapeline.server.calendar;

import dev.tapeline.market.session.TradingCalendar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The files that the trading calendar is read from: the built-in one, and a file of the user over
 * it. It is read in this package because the domain does no input, and because only the server,
 * which reads all other settings too, may use YAML; all other modules get the calendar.
 */
public final class CalendarFile {

  private static final long MAX_BYTES = 1 << 20;

  private CalendarFile() {}

  /**
   * The built-in calendar, which is read once, on a thread of its own: reading it takes a good part
   * of the time in which the program starts, and hardly anything asks it then.
   */
  private static final class BuiltIn {

    static final CompletableFuture<CalendarText> TEXT =
        CompletableFuture.supplyAsync(CalendarFile::readBuiltIn, CalendarFile::aside);
    static final TradingCalendar CALENDAR = TradingCalendar.of(TEXT.thenApply(CalendarText::rules));
  }

  private static void aside(Runnable task) {
    var _ = Thread.ofPlatform().name("calendar").daemon().start(task);
  }

  private static CalendarText readBuiltIn() {
    try (InputStream file =
        Objects.requireNonNull(CalendarFile.class.getResourceAsStream("calendar.yaml"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return CalendarParser.parse(text, "the built-in calendar");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The built-in calendar; whoever asks it before it has been read waits for it. */
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
      return own.over(BuiltIn.TEXT.join()).calendar();
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
