package dev.tapeline.market.chain;

/**
 * What the change of an option's own price and that of its open interest say together. For the
 * underlying the meaning is the opposite in a put.
 */
public enum BuildUp {
  /** Price up, open interest up. */
  LONG_BUILD_UP("LB", "green"),
  /** Price down, open interest up. */
  SHORT_BUILD_UP("SB", "red"),
  /** Price down, open interest down. */
  LONG_UNWINDING("LU", "orange"),
  /** Price up, open interest down. */
  SHORT_COVERING("SC", "blue"),
  /** One of them is unchanged or unknown. */
  NEUTRAL("N", "grey");

  private final String letters;
  private final String colour;

  BuildUp(String letters, String colour) {
    this.letters = letters;
    this.colour = colour;
  }

  /** What two changes say; NaN stands for one that is unknown. */
  public static BuildUp of(double priceChange, double interestChange) {
    if (!(Math.abs(priceChange) > 0) || !(Math.abs(interestChange) > 0)) {
      return NEUTRAL;
    }
    if (interestChange > 0) {
      return priceChange > 0 ? LONG_BUILD_UP : SHORT_BUILD_UP;
    }
    return priceChange > 0 ? SHORT_COVERING : LONG_UNWINDING;
  }

  /** As payloads say it. */
  public String letters() {
    return letters;
  }

  /** The colour that screens may give it. */
  public String colour() {
    return colour;
  }
}
