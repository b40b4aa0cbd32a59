package dev.tapeline.chaos.client;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

/**
 * A publication that is being sent.
 *
 * @param connection on which it was sent last
 */
record Sending(
    ServerTarget target,
    long number,
    String payload,
    int repeats,
    @Nullable StatefulRedisConnection<String, byte[]> connection,
    @Nullable RedisFuture<?> answer) {

  static Sending of(ServerTarget target, long number, String payload) {
    return new Sending(target, number, payload, 0, null, null);
  }

  Sending sent(StatefulRedisConnection<String, byte[]> over, @Nullable RedisFuture<?> itsAnswer) {
    return new Sending(target, number, payload, repeats, over, itsAnswer);
  }

  Sending again() {
    return new Sending(target, number, payload, repeats + 1, null, null);
  }

  boolean isCall() {
    return target.way() == ServerTarget.Way.CALL;
  }
}
