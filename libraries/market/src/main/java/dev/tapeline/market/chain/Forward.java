package dev.tapeline.market.chain;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the market gives for the underlying on the day of expiry.
 *
 * @param value in the unit of the strikes; NaN if there is a reason
 * @param n of how many pairs of a call and a put it is the median; 0 if it comes from elsewhere
 * @param why there is none; null if there is one
 */
public record Forward(double value, Source source, int n, @Nullable NoFigure why) {

  /** Where a forward comes from, the best first. */
  public enum Source {
    /** The median of what the pairs near the money say by put-call parity. */
    PARITY("parity"),
    /** The future of the same expiry. */
    FUTURE("future"),
    /** The price of the underlying, with interest. */
    SPOT("spot"),
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

  /** None, for a reason. */
  public static Forward none(NoFigure why) {
    return new Forward(Double.NaN, Source.NONE, 0, why);
  }

  /** That of a future's price. */
  public static Forward ofFuture(double price) {
    return new Forward(price, Source.FUTURE, 0, null);
  }

  /** That of the underlying's price, with interest until the expiry. */
  public static Forward ofSpot(double spot, double growth) {
    return new Forward(spot * growth, Source.SPOT, 0, null);
  }

  /**
   * By put-call parity: the call less the put is worth the forward less the strike, discounted. The
   * pairs nearest to the strike where both cost the same count; if their number is even, the median
   * is between the two in the middle.
   *
   * @param growth what one unit of money is worth at the expiry
   * @param coin whether premiums are paid in the underlying itself
   * @param most how many pairs may count
   * @return a forward without a value if no pair has two firm prices
   */
  public static Forward ofParity(
      List<? extends ChainStrike> strikes, double growth, boolean coin, int most) {
    int center = center(strikes);
    if (center < 0) {
      return none(NoFigure.NO_QUOTE);
    }
    double[] found = new double[most];
    int n = 0;
    int below = center;
    int above = firm(strikes, center + 1, 1);
    while (n < most && (below >= 0 || above < strikes.size())) {
      boolean lower = isLowerNearer(strikes, center, below, above);
      int next = lower ? below : above;
      double value = parity(strikes.get(next), growth, coin);
      if (value > 0 && value < Double.POSITIVE_INFINITY) {
        found[n++] = value;
      }
      below = lower ? firm(strikes, below - 1, -1) : below;
      above = lower ? above : firm(strikes, above + 1, 1);
    }
    return n == 0 ? none(NoFigure.NO_QUOTE) : new Forward(median(found, n), Source.PARITY, n, null);
  }

  /** The lowest of the strikes whose call and put cost most nearly the same; -1 if none is firm. */
  private static int center(List<? extends ChainStrike> strikes) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = firm(strikes, 0, 1); i < strikes.size(); i = firm(strikes, i + 1, 1)) {
      double difference = Math.abs(strikes.get(i).parity());
      if (difference < least) {
        least = difference;
        best = i;
      }
    }
    return best;
  }

  /** The first strike from here on with two firm prices; -1 or the size if there is none. */
  private static int firm(List<? extends ChainStrike> strikes, int from, int step) {
    int at = from;
    while (at >= 0 && at < strikes.size() && Double.isNaN(strikes.get(at).parity())) {
      at += step;
    }
    return at;
  }

  private static boolean isLowerNearer(
      List<? extends ChainStrike> strikes, int center, int below, int above) {
    if (below < 0 || above >= strikes.size()) {
      return below >= 0;
    }
    double middle = strikes.get(center).value();
    return middle - strikes.get(below).value() <= strikes.get(above).value() - middle;
  }

  private static double parity(ChainStrike strike, double growth, boolean coin) {
    return coin
        ? strike.value() / (1 - strike.parity())
        : strike.value() + growth * strike.parity();
  }

  private static double median(double[] values, int n) {
    Arrays.sort(values, 0, n);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
  }

  public boolean isKnown() {
    return why == null;
  }
}
