package dev.tapeline.server.config;

import dev.tapeline.rest.RestLimits;

/** The limits of the REST API from the settings, with their defaults and ranges. */
final class RestSettings {

  static final int RATE_PER_SECOND = 200;
  static final int RATE_BURST = 400;
  static final int MAX_BODY_BYTES = 2 << 20;

  static final long BODIES_TOTAL_BYTES = 32L << 20;
  static final long MOST_BODIES_BYTES = 1L << 40;

  private RestSettings() {}

  /** A body that grows is in memory twice for a moment. */
  private static final long COPIES = 2;

  static RestLimits from(Values values) {
    int one = values.integer(Catalog.REST_MAX_BODY_BYTES, MAX_BODY_BYTES, 1, 64 << 20);
    long fallback = Math.max(BODIES_TOTAL_BYTES, COPIES * one);
    long all = values.number(Catalog.REST_BODIES_TOTAL_BYTES, fallback, 1, MOST_BODIES_BYTES);
    if (all < COPIES * one) {
      Value longest = new Value(Catalog.REST_MAX_BODY_BYTES, "" + one, "the default");
      throw ConfigException.contradiction(
          values.get(Catalog.REST_BODIES_TOTAL_BYTES).orElseThrow(),
          values.get(Catalog.REST_MAX_BODY_BYTES).orElse(longest),
          "all bodies together take at least twice the longest one, which is copied as it grows");
    }
    return new RestLimits(
        values.integer(Catalog.REST_RATE, RATE_PER_SECOND, 1, 1_000_000),
        values.integer(Catalog.REST_BURST, RATE_BURST, 1, 1_000_000),
        one,
        all);
  }
}
