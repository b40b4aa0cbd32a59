package dev.tapeline.gateway;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there are, of all clients and of each address. */
final class ConnectionCounts {

  private final int max;
  private final int maxPerAddress;
  private final AtomicInteger all = new AtomicInteger();
  private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

  ConnectionCounts(int max, int maxPerAddress) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
  }

  int all() {
    return all.get();
  }

  /** Counts a connection; if there are too many already, it is counted all the same. */
  boolean open() {
    return all.incrementAndGet() <= max;
  }

  void close() {
    all.decrementAndGet();
  }

  /** Counts a connection of this address, unless it has too many. */
  boolean open(InetAddress address) {
    boolean[] admitted = {false};
    perAddress.compute(
        address,
        (key, count) -> {
          int now = count == null ? 0 : count;
          admitted[0] = now < maxPerAddress;
          return admitted[0] ? Integer.valueOf(now + 1) : count;
        });
    return admitted[0];
  }

  void close(InetAddress address) {
    perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }
}
