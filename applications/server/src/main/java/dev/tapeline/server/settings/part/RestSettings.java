package dev.tapeline.server.settings.part;

import dev.tapeline.rest.http.RestLimits;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.Values;

/** The settings of the REST API, read as its limits. */
public final class RestSettings {

  /** A body that grows is in memory twice for a moment. */
  private static final long COPIES = 2;

  public static final Setting<Integer> RATE_PER_SECOND =
      Setting.count(
          "TAPELINE_REST_RATE_PER_SECOND",
          200,
          1,
          1_000_000,
          "calls of `/api` a second from one address. Requests for pages and `/metrics` count apart,"
              + " with the same limit");
  public static final Setting<Integer> RATE_BURST =
      Setting.count(
          "TAPELINE_REST_RATE_BURST", 400, 1, 1_000_000, "calls that one address may make at once");
  public static final Setting<Integer> MAX_BODY_BYTES =
      Setting.size(
          "TAPELINE_REST_MAX_BODY_BYTES", 2 << 20, 1, 64 << 20, "longest body of a request");
  public static final Setting<Long> BODIES_TOTAL_BYTES =
      Setting.size(
          "TAPELINE_REST_BODIES_TOTAL_BYTES",
          32L << 20,
          1,
          1L << 40,
          "all request bodies that are in memory at the same time, at least twice the"
              + " longest one. Calls beyond it get 503");

  private RestSettings() {}

  public static RestLimits from(Values values) {
    int one = values.get(MAX_BODY_BYTES);
    return new RestLimits(
        values.get(RATE_PER_SECOND), values.get(RATE_BURST), one, total(values, COPIES * one));
  }

  /**
   * @param least the least total that is allowed; a smaller default is raised to it
   */
  private static long total(Values values, long least) {
    long total = values.get(BODIES_TOTAL_BYTES);
    if (total >= least) {
      return total;
    }
    if (values.given(BODIES_TOTAL_BYTES).isEmpty()) {
      return least;
    }
    throw ConfigException.contradiction(
        values.named(BODIES_TOTAL_BYTES),
        values.named(MAX_BODY_BYTES),
        "all bodies together take at least twice the longest one, which is copied as it grows");
  }
}
