package dev.tapeline.feed.simulator;

/**
 * The implied volatility at the money of one underlying: it rises as prices fall and as the market
 * stirs, and returns to its usual level over hours of the simulation.
 */
final class VolatilityLevel {

  private static final double RETURNING = 0.9995;
  private static final double WAVERING = 0.0008;
  private static final double LEVERAGE = 4;
  private static final double STIR_EFFECT = 0.05;
  private static final double MOST_AWAY = 0.8;

  private static final double SHORTEST = 2 / 365.0;
  private static final double SKEW = -0.25;
  private static final double CURVATURE = 0.5;
  private static final double WIDTH = 0.6;
  private static final double LEAST_FACTOR = 0.6;

  private final double usual;
  private double away;
  private double lastPrice;
  private double level;

  VolatilityLevel(double usual, double price) {
    this.usual = usual;
    this.level = usual;
    this.lastPrice = price;
  }

  /** Advances by one step, in which the underlying has come to the price. */
  void step(double price, double stir, Noise noise) {
    double moved = price / lastPrice - 1;
    lastPrice = price;
    double next = away * RETURNING - LEVERAGE * moved + noise.normal() * WAVERING;
    away = Math.clamp(next, -MOST_AWAY, MOST_AWAY);
    level = usual * StrictMath.exp(away) * (1 + STIR_EFFECT * stir);
  }

  double level() {
    return level;
  }

  /** The volatility of a strike: higher away from the money, most of all for low strikes. */
  static double smile(double level, double forward, double strike, double years) {
    double away = StrictMath.log(strike / forward) / Math.sqrt(Math.max(years, SHORTEST));
    double bend = CURVATURE * (Math.sqrt(1 + away * away / (WIDTH * WIDTH)) - 1);
    return level * Math.max(LEAST_FACTOR, 1 + SKEW * away + bend);
  }
}
