package dev.tapeline.feed.simulator;

import java.util.EnumMap;
import java.util.Map;

/**
 * The conditions of all instruments in one step: their common moves, and how lively the market is.
 * Bursts come by chance and calm down over seconds; a session is livelier at its beginning and end.
 */
final class Weather {

  private static final double CALMING = 0.985;
  private static final double STIR_CHANCE = 0.0025;
  private static final double MARKET_VOLATILITY = 0.006;
  private static final double SECTOR_VOLATILITY = 0.003;

  private final Noise noise;
  private final double stepShare;
  private final Map<Sector, Double> sectorMoves = new EnumMap<>(Sector.class);
  private double marketMove;
  private double stir;
  private double activity;

  /**
   * @param stepShare the square root of a step's share of a session
   */
  Weather(Noise noise, double stepShare) {
    this.noise = noise;
    this.stepShare = stepShare;
  }

  /** Advances by one step. */
  void step(double progress) {
    stir *= CALMING;
    if (noise.chance(STIR_CHANCE)) {
      stir += 1 + 3 * noise.uniform();
    }
    double fromMiddle = 2 * progress - 1;
    activity = (0.55 + 1.8 * fromMiddle * fromMiddle) * (1 + stir);
    marketMove = move(MARKET_VOLATILITY);
    for (Sector sector : Sector.values()) {
      sectorMoves.put(sector, move(SECTOR_VOLATILITY));
    }
  }

  /** A random move in this step, for a volatility per session. */
  private double move(double volatility) {
    return noise.normal() * volatility * scale();
  }

  /** The factor from the volatility of a session to that of this step. */
  double scale() {
    return stepShare * (0.7 + 0.5 * stir);
  }

  double sharedMove(ShareSpec spec) {
    return spec.beta() * marketMove + sectorMoves.getOrDefault(spec.sector(), 0.0);
  }

  double activity() {
    return activity;
  }

  double stir() {
    return stir;
  }
}
