package dev.tapeline.market.bar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that one bar covers: 1 second to 1 month. Written as in {@code 1s}, {@code 5m}, {@code
 * 1h}, {@code 1d}, {@code 1w}, {@code 1M}; minutes are a small m, months a capital one.
 *
 * <p>Frames of seconds, minutes and hours divide a session from its open on, and none is longer
 * than a day. Days, weeks and months are those of the sessions' dates.
 */
public record Frame(int count, Unit unit) {

  /** What frames are counted in. */
  public enum Unit {
    SECOND("s", 1_000),
    MINUTE("m", 60_000),
    HOUR("h", 3_600_000),
    DAY("d", 0),
    WEEK("w", 0),
    MONTH("M", 0);

    private final String letter;

    /** The milliseconds of it; 0 if they differ from one to the next. */
    private final long millis;

    Unit(String letter, long millis) {
      this.letter = letter;
      this.millis = millis;
    }
  }

  public static final Frame SECOND = new Frame(1, Unit.SECOND);
  public static final Frame MINUTE = new Frame(1, Unit.MINUTE);
  public static final Frame DAY = new Frame(1, Unit.DAY);

  private static final long DAY_MILLIS = 86_400_000;
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,4})([smhdwM])");

  /**
   * @throws IllegalArgumentException if it is not positive, an intraday one is longer than a day,
   *     or one of days, weeks or months is of several
   */
  public Frame {
    if (count < 1 || (unit.millis == 0 && count > 1) || count * unit.millis > DAY_MILLIS) {
      throw new IllegalArgumentException(
          "no frame: '%d%s'; use 1s to 86400s, 1m to 1440m, 1h to 24h, 1d, 1w or 1M"
              .formatted(count, unit.letter));
    }
  }

  /**
   * The frame of a text such as {@code 15m}.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Frame parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "no frame: '%s'; use a number and s, m, h, d, w or M, as in 5m or 1d"
              .formatted(text.substring(0, Math.min(text.length(), 20))));
    }
    return new Frame(Integer.parseInt(matcher.group(1)), unit(matcher.group(2)));
  }

  private static Unit unit(String letter) {
    for (Unit unit : Unit.values()) {
      if (unit.letter.equals(letter)) {
        return unit;
      }
    }
    throw new IllegalArgumentException("no unit of frames: " + letter);
  }

  /** Whether it divides a session. */
  public boolean isIntraday() {
    return unit.millis > 0;
  }

  /**
   * The length of an intraday frame in milliseconds.
   *
   * @throws IllegalStateException if it is not intraday
   */
  public long millis() {
    if (!isIntraday()) {
      throw new IllegalStateException(this + " has no fixed length");
    }
    return count * unit.millis;
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return count + unit.letter;
  }
}
