package dev.tapeline.gateway.listen.accept;

/**
 * How many connections the gateway takes, and how fast new ones.
 *
 * @param max connections of all clients together
 * @param maxPerAddress connections of one address
 * @param rate new WebSockets and streams a second that are admitted, after two seconds' at once
 * @param ratePerAddress new connections a second of one address, likewise
 */
public record ConnectionLimits(int max, int maxPerAddress, int rate, int ratePerAddress) {

  public static final ConnectionLimits DEFAULT = new ConnectionLimits(50_000, 1_000, 1_000, 500);

  public ConnectionLimits withMax(int value) {
    return new ConnectionLimits(value, maxPerAddress, rate, ratePerAddress);
  }

  public ConnectionLimits withMaxPerAddress(int value) {
    return new ConnectionLimits(max, value, rate, ratePerAddress);
  }

  public ConnectionLimits withRate(int value) {
    return new ConnectionLimits(max, maxPerAddress, value, ratePerAddress);
  }

  public ConnectionLimits withRatePerAddress(int value) {
    return new ConnectionLimits(max, maxPerAddress, rate, value);
  }
}
