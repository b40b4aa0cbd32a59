package dev.tapeline.feed.net;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the network of one feed.
 *
 * @param connectTimeout for a socket, from the look-up of its host to the end of the handshake
 * @param closeTimeout for the vendor's answer to a close, after which the connection is cut
 * @param maxMessage bytes of a message on a socket; a longer one ends the socket
 * @param maxBody bytes of an answer to a call, also when it is unpacked
 * @param maxWaitingCalls calls that wait for their budgets
 * @param inboxArrivals arrivals that wait for the session; sockets are not read on beyond that
 * @param inboxBytes bytes of these arrivals; one more message comes on top, and each socket holds
 *     what it has read at once, 64 KiB or a message
 * @param authorities a PEM file of the only certificates to trust; null for those of the JDK
 */
public record NetSettings(
    Duration connectTimeout,
    Duration closeTimeout,
    int maxMessage,
    int maxBody,
    int maxWaitingCalls,
    int inboxArrivals,
    long inboxBytes,
    @Nullable Path authorities) {

  private static final int MIB = 1 << 20;

  public static final NetSettings DEFAULT =
      new NetSettings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          16 * MIB,
          64 * MIB,
          1000,
          65_536,
          64L * MIB,
          null);

  public NetSettings {
    if (!connectTimeout.isPositive() || !closeTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "timeouts of %s and %s".formatted(connectTimeout, closeTimeout));
    }
    if (Math.min(maxMessage, maxBody) <= 0
        || Math.min(maxWaitingCalls, inboxArrivals) <= 0
        || inboxBytes <= 0) {
      throw new IllegalArgumentException("a limit is not positive");
    }
  }

  /** The same with other certificates to trust. */
  public NetSettings withAuthorities(Path file) {
    return new NetSettings(
        connectTimeout,
        closeTimeout,
        maxMessage,
        maxBody,
        maxWaitingCalls,
        inboxArrivals,
        inboxBytes,
        file);
  }
}
