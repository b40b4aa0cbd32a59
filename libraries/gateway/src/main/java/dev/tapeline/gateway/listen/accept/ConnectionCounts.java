package dev.tapeline.gateway.listen.accept;

import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.access.audit.RateLimiter;
import dev.tapeline.gateway.client.CountPerKey;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and limits connections: of all clients, of each address, and new ones of each address by
 * rate. An IPv6 address counts with all of its {@link ClientAddresses#network network}. May be used
 * from any thread.
 */
public final class ConnectionCounts {

  /** The most addresses whose rate is known; the one longest unseen is forgotten first. */
  private static final int MAX_ADDRESSES = 100_000;

  /** The most connections beyond the limits that may wait to be refused in their protocol. */
  private static final int MAX_WAITING = 256;

  private final ConnectionLimits limits;
  private final RateLimiter pace;
  private final LongAdder tooFast = new LongAdder();
  private final AtomicInteger all = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CountPerKey<InetAddress> perNetwork = new CountPerKey<>();

  public ConnectionCounts(ConnectionLimits limits) {
    this.limits = limits;
    int rate = limits.ratePerAddress();
    this.pace = new RateLimiter(rate, 2 * rate, MAX_ADDRESSES, System::nanoTime);
  }

  public int all() {
    return all.get();
  }

  /** Counts a connection, also beyond the limit; returns whether it is within. */
  boolean open() {
    return all.incrementAndGet() <= limits.max();
  }

  void close() {
    all.decrementAndGet();
  }

  /**
   * Counts an open connection as one that only waits to be refused, no longer among all.
   *
   * @return whether there is room for it to wait; it counts in each case
   */
  boolean beginWaiting() {
    all.decrementAndGet();
    return waiting.incrementAndGet() <= MAX_WAITING;
  }

  void endWaiting() {
    waiting.decrementAndGet();
  }

  /** Counts a connection of this address, unless it has too many or they come too fast. */
  Optional<HttpRefusal> open(InetAddress address) {
    InetAddress network = ClientAddresses.network(address);
    if (pace.secondsUntilAllowed(network) > 0) {
      tooFast.increment();
      return Optional.of(HttpRefusal.TOO_FAST_FROM_ADDRESS);
    }
    return perNetwork.add(network, limits.maxPerAddress())
        ? Optional.empty()
        : Optional.of(HttpRefusal.TOO_MANY_FROM_ADDRESS);
  }

  /** Counts connections that were refused as their address opens them too fast. */
  public LongAdder tooFast() {
    return tooFast;
  }

  void close(InetAddress address) {
    perNetwork.remove(ClientAddresses.network(address));
  }
}
