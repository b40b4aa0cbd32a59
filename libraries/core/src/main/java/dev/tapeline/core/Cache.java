package dev.tapeline.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A store of newest values under keys that expire: last prices, recent ticks, the heartbeat. It is
 * never the source of truth. All methods may be called from any thread and none blocks.
 */
public interface Cache extends AutoCloseable {

  /** The values of those keys that have one; a key that has none is left out. One round trip. */
  CompletionStage<Map<String, String>> getAll(List<String> keys);

  /** The newest entries of a list that {@link Write.Append} keeps, newest first. */
  CompletionStage<List<String>> newest(String key, int count);

  /** Carries out all writes, in order, in one round trip. */
  CompletionStage<Void> write(List<Write> writes);

  @Override
  void close();

  /** One change to the cache. */
  sealed interface Write {

    /** Sets a key, which expires after the time to live. */
    record Put(String key, String value, Duration ttl) implements Write {}

    /** Puts a value in front of a list of at most {@code limit}; the list expires as a whole. */
    record Append(String key, String value, int limit, Duration ttl) implements Write {}
  }
}
