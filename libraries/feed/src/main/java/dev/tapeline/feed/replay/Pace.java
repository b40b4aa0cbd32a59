package dev.tapeline.feed.replay;

/**
 * The speed at which a recording is played.
 *
 * @param times how many times as fast as it was recorded; infinity for no limit
 */
public record Pace(double times) {

  /** As fast as its receivers take it. */
  public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

  public Pace {
    if (Double.isNaN(times) || times <= 0) {
      throw new IllegalArgumentException("a speed must be over 0, not " + times);
    }
  }

  /**
   * {@code max}, or a number over 0.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  public static Pace parse(String text) {
    if (text.equals("max")) {
      return MAX;
    }
    try {
      return new Pace(Double.parseDouble(text));
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          "a speed is 'max' or a number over 0, not '%s'".formatted(text));
    }
  }

  public boolean isMax() {
    return Double.isInfinite(times);
  }

  @Override
  public String toString() {
    return isMax() ? "max" : Double.toString(times);
  }
}
