package dev.tapeline.server.nodes;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The load of a node's gateway.
 *
 * @param channels with a ring
 * @param blocked how often a connection could not take more
 * @param gaps reported to clients
 */
public record GatewayReport(
    long connections, long subscriptions, long channels, long blocked, long gaps) {

  /** The report from the present metrics. */
  public static GatewayReport of(MeterRegistry meters) {
    return new GatewayReport(
        figure(meters, "tapeline.connections"),
        figure(meters, "tapeline.subscriptions"),
        figure(meters, "tapeline.channels"),
        figure(meters, "tapeline.connections.blocked"),
        figure(meters, "tapeline.gaps"));
  }

  private static long figure(MeterRegistry meters, String name) {
    Meter meter = meters.find(name).meter();
    return meter == null ? 0 : Math.round(meter.measure().iterator().next().getValue());
  }
}
