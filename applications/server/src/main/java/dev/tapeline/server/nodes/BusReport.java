package dev.tapeline.server.nodes;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The state of a node's bus; values that only Redis has are null on the embedded one.
 *
 * @param kind redis or embedded
 * @param state up or down
 * @param pingMs the time of the last PING
 * @param unanswered publications that Redis has not answered yet
 * @param holes the number of times that broadcasts were missing
 * @param repaired publications that were read from a log because their broadcast was missing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BusReport(
    String kind,
    String state,
    @Nullable BigDecimal pingMs,
    @Nullable Integer unanswered,
    @Nullable Long reconnects,
    @Nullable Long holes,
    @Nullable Long repaired) {

  public static BusReport embedded(boolean up) {
    return new BusReport("embedded", state(up), null, null, null, null, null);
  }

  public static BusReport redis(
      boolean up, long pingNanos, int unanswered, long reconnects, long holes, long repaired) {
    BigDecimal ping = BigDecimal.valueOf(pingNanos / 1_000, 3);
    return new BusReport("redis", state(up), ping, unanswered, reconnects, holes, repaired);
  }

  private static String state(boolean up) {
    return up ? "up" : "down";
  }
}
