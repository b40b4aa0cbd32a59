package dev.tapeline.gateway.client;

import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.protocols.spi.Entitlement;
import java.time.Duration;

/**
 * What all clients of a gateway share.
 *
 * @param entitlement what their entitlements share
 * @param patience how long a client may stay without a credential
 */
public record GatewayServices(
    Entitlement.SharedServices entitlement, Duration patience, GatewayCounters counters) {}
