package dev.tapeline.market.chain;

import org.jspecify.annotations.Nullable;

/**
 * The price that the figures of an option are computed of: the middle of bid and ask where both are
 * there in order, else a last price that is young enough.
 *
 * @param value NaN if there is a reason
 * @param wide whether bid and ask are too far apart for it to say anything about the forward
 * @param why there is none; null if there is one
 */
public record LegPrice(double value, Source source, boolean wide, @Nullable NoFigure why) {

  /** What is known of an option that has never been quoted. */
  public static final LegPrice UNKNOWN =
      new LegPrice(Double.NaN, Source.NONE, false, NoFigure.NO_QUOTE);

  /** Where a price comes from. */
  public enum Source {
    /** The middle of bid and ask. */
    MID("mid"),
    /** The last price. */
    LAST("ltp"),
    NONE("none");

    private final String text;

    Source(String text) {
      this.text = text;
    }

    /** As payloads say it. */
    public String text() {
      return text;
    }
  }

  /** How old a last price is. */
  public enum LastAge {
    FRESH,
    TOO_OLD
  }

  /**
   * The price of an option.
   *
   * @param bid NaN if there is none, as with the others
   * @param maxSpread the widest spread of a usable quote, as a part of its middle
   */
  public static LegPrice of(double bid, double ask, double last, LastAge age, double maxSpread) {
    if (bid > 0 && ask >= bid) {
      double middle = (bid + ask) / 2;
      return new LegPrice(middle, Source.MID, (ask - bid) / middle > maxSpread, null);
    }
    if (!(last > 0)) {
      return UNKNOWN;
    }
    return age == LastAge.FRESH
        ? new LegPrice(last, Source.LAST, false, null)
        : new LegPrice(Double.NaN, Source.NONE, false, NoFigure.STALE);
  }

  /** Whether it is good enough for the forward and for indices. */
  public boolean isFirm() {
    return source == Source.MID && !wide;
  }
}
