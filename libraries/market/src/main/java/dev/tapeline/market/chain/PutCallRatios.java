package dev.tapeline.market.chain;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts over calls. A ratio whose divisor is 0 or unknown is NaN; that of the changes can be
 * negative. Whether a high ratio is good or bad news is for the reader: sources differ.
 *
 * @param openInterest of all strikes
 * @param volume of all strikes
 * @param change of the changes of open interest in this session
 * @param near that of the open interest of the strikes around the money
 * @param calls the sums of the calls
 * @param puts the sums of the puts
 * @param legs how many options with an open interest are in the sums
 * @param missing how many options of the listed strikes have none; they count as 0
 */
public record PutCallRatios(
    double openInterest,
    double volume,
    double change,
    double near,
    Sums calls,
    Sums puts,
    int legs,
    int missing) {

  /** Sums of one side. */
  public record Sums(double openInterest, double volume, double change, double near) {}

  /**
   * The ratios of these strikes.
   *
   * @param money the index of the strike at the money; below 0 if it is unknown
   * @param near how many strikes on each side of it are near
   */
  static PutCallRatios of(List<? extends ChainStrike> strikes, int money, int near) {
    Side calls = new Side();
    Side puts = new Side();
    for (int i = 0; i < strikes.size(); i++) {
      boolean isNear = money >= 0 && Math.abs(i - money) <= near;
      calls.add(strikes.get(i).call(), isNear);
      puts.add(strikes.get(i).put(), isNear);
    }
    Sums call = calls.sums();
    Sums put = puts.sums();
    int legs = calls.legs + puts.legs;
    return new PutCallRatios(
        ratio(put.openInterest, call.openInterest),
        ratio(put.volume, call.volume),
        ratio(put.change, call.change),
        ratio(put.near, call.near),
        call,
        put,
        legs,
        2 * strikes.size() - legs);
  }

  private static double ratio(double put, double call) {
    return call == 0 ? Double.NaN : put / call;
  }

  /** Adds up one side. */
  private static final class Side {
    private double interest;
    private double volume;
    private double change;
    private double near;
    private int legs;

    void add(@Nullable ChainLeg leg, boolean isNear) {
      if (leg == null) {
        return;
      }
      volume += number(leg.volume());
      BigDecimal open = leg.openInterest();
      if (open != null) {
        legs++;
        interest += open.doubleValue();
        change += number(leg.openInterestChange());
        near += isNear ? open.doubleValue() : 0;
      }
    }

    private static double number(@Nullable BigDecimal value) {
      return value == null ? 0 : value.doubleValue();
    }

    Sums sums() {
      return new Sums(interest, volume, change, near);
    }
  }
}
