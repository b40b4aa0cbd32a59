package dev.tapeline.feed.simulator;

import java.util.SplittableRandom;

/**
 * A generator of random numbers that are the same on every machine: it uses only the seed and
 * operations whose results are exactly specified.
 */
final class Noise {

  private final SplittableRandom random;

  Noise(long seed) {
    this(new SplittableRandom(seed));
  }

  private Noise(SplittableRandom random) {
    this.random = random;
  }

  /** Another, independent generator. */
  Noise split() {
    return new Noise(random.split());
  }

  /** A number from 0 up to 1. */
  double uniform() {
    return random.nextDouble();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number that is about normally distributed: mean 0, deviation 1, never beyond 6. */
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  /** A number from 0 on; each further step has the given probability. */
  int geometric(double probability, int max) {
    int count = 0;
    while (count < max && chance(probability)) {
      count++;
    }
    return count;
  }

  /** A number from 1 on; most are small, a few are a hundred times as large. */
  long skewed(long typical) {
    double u = 1 - random.nextDouble();
    return Math.max(1, Math.round(typical * 0.5 / (u + 0.005)));
  }
}
