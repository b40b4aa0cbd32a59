package dev.tapeline.gateway.client;

import dev.tapeline.access.audit.TokenBucket;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often a client may offend: a hundred times at once, then at a rate. Owned by its lane.
 */
final class AbuseLimit {

  private static final int AT_ONCE = 100;

  private @Nullable TokenBucket left;

  /** Whether one more offence is within the limit. */
  enum Offence {
    FORGIVEN,
    TOO_MANY
  }

  /** Counts one more offence. */
  Offence count(int perSecond, long nowNanos) {
    TokenBucket bucket = left;
    if (bucket == null) {
      bucket = new TokenBucket(perSecond, AT_ONCE, nowNanos);
      left = bucket;
    } else {
      bucket.retune(perSecond, AT_ONCE);
    }
    return bucket.take(nowNanos) ? Offence.FORGIVEN : Offence.TOO_MANY;
  }
}
