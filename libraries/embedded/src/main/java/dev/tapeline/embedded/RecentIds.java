package dev.tapeline.embedded;

import dev.tapeline.core.Position;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The recent idempotency keys of one channel with their positions, for a limited time and number.
 * Not safe for several threads.
 */
final class RecentIds {

  static final long KEPT_MILLIS = 120_000;
  static final int MAX_IDS = 10_000;

  /** The approximate bytes of a key beside its characters. */
  private static final int OVERHEAD = 100;

  private final Map<String, Seen> seen = new LinkedHashMap<>();
  private long bytes;

  private record Seen(Position position, long millis) {}

  /** The approximate memory of the keys. */
  long bytes() {
    return bytes;
  }

  int size() {
    return seen.size();
  }

  @Nullable Position find(String id) {
    Seen found = seen.get(id);
    return found == null ? null : found.position();
  }

  /** Keeps a key that is new. */
  void put(String id, Position position, long now) {
    seen.put(id, new Seen(position, now));
    bytes += cost(id);
  }

  /** Drops keys that are too old or too many. Returns how many were dropped before their time. */
  int trim(long now) {
    int early = 0;
    Iterator<Map.Entry<String, Seen>> oldestFirst = seen.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<String, Seen> oldest = oldestFirst.next();
      boolean expired = now - oldest.getValue().millis() >= KEPT_MILLIS;
      if (!expired && seen.size() <= MAX_IDS) {
        break;
      }
      oldestFirst.remove();
      bytes -= cost(oldest.getKey());
      early += expired ? 0 : 1;
    }
    return early;
  }

  private static long cost(String id) {
    return id.length() + (long) OVERHEAD;
  }
}
