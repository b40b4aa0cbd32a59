package dev.tapeline.gateway.listen.open;

import dev.tapeline.protocols.spi.ClientLimits;
import java.time.Duration;

/**
 * What one client may do, and how it is served.
 *
 * @param subscriptions how many channels and patterns it may subscribe to
 * @param ratePerSecond messages a second that it may send
 * @param rateBurst how many at once
 * @param maxMessageBytes the largest message that it may send
 * @param compression whether a client that offers permessage-deflate gets it
 * @param pingInterval between pings to a silent client; after two and a half without a sign of life
 *     it is closed
 */
public record ClientRules(
    ClientLimits subscriptions,
    int ratePerSecond,
    int rateBurst,
    int maxMessageBytes,
    boolean compression,
    Duration pingInterval) {

  public static final ClientRules DEFAULT =
      new ClientRules(new ClientLimits(50, 5), 20, 70, 128 << 10, true, Duration.ofSeconds(25));

  /** With another number of channels and patterns together. */
  public ClientRules withMaxChannels(int value) {
    ClientLimits limits = new ClientLimits(value, subscriptions.maxWildcards());
    return new ClientRules(
        limits, ratePerSecond, rateBurst, maxMessageBytes, compression, pingInterval);
  }

  public ClientRules withRate(int perSecond, int burst) {
    return new ClientRules(
        subscriptions, perSecond, burst, maxMessageBytes, compression, pingInterval);
  }

  public ClientRules withRateBurst(int value) {
    return withRate(ratePerSecond, value);
  }

  public ClientRules withMaxMessageBytes(int value) {
    return new ClientRules(
        subscriptions, ratePerSecond, rateBurst, value, compression, pingInterval);
  }

  public ClientRules withPingInterval(Duration value) {
    return new ClientRules(
        subscriptions, ratePerSecond, rateBurst, maxMessageBytes, compression, value);
  }
}
