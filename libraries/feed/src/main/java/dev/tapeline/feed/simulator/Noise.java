package dev.tapeline.feed.simulator;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same on every machine: made by nothing but the seed and operations
 * whose results are exactly specified.
 */
final class Noise {

  private final SplittableRandom random;

  Noise(long seed) {
    this(new SplittableRandom(seed));
  }

  private Noise(SplittableRandom random) {
    this.random = random;
  }

  /** Another, independent source. */
  Noise split() {
    return new Noise(random.split());
  }

  /** From 0 up to 1. */
  double uniform() {
    return random.nextDouble();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Near the normal distribution: mean 0, deviation 1, never beyond 6. */
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  /** 0 or more, each further one with the given probability. */
  int geometric(double probability, int max) {
    int count = 0;
    while (count < max && chance(probability)) {
      count++;
    }
    return count;
  }

  /** 1 or more; most are small, a few are a hundred times that. */
  long skewed(long typical) {
    double u = 1 - random.nextDouble();
    return Math.max(1, Math.round(typical * 0.5 / (u + 0.005)));
  }
}
