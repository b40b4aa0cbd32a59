package dev.tapeline.server.config;

/**
 * What callers of the REST API may take of it.
 *
 * @param ratePerSecond calls by one client address, after a burst
 * @param maxBodyBytes the longest request body
 */
public record RestLimits(int ratePerSecond, int rateBurst, int maxBodyBytes) {

  public static final int RATE_PER_SECOND = 200;
  public static final int RATE_BURST = 400;
  public static final int MAX_BODY_BYTES = 2 << 20;

  static RestLimits from(Values values) {
    return new RestLimits(
        values.integer(Catalog.REST_RATE, RATE_PER_SECOND, 1, 1_000_000),
        values.integer(Catalog.REST_BURST, RATE_BURST, 1, 1_000_000),
        values.integer(Catalog.REST_MAX_BODY_BYTES, MAX_BODY_BYTES, 1, 64 << 20));
  }
}
