package dev.tapeline.gateway.listen.answer;

import dev.tapeline.gateway.meters.GatewayCounters;
import io.netty.channel.Channel;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Why a client gets no connection, and when it may come back. A browser's {@code EventSource} never
 * comes back after an HTTP error. So a temporary refusal of a stream of events is a stream that
 * tells its {@code retry} and ends; all other refusals are HTTP errors.
 *
 * @param retryMillis how long the client is to wait; 0 if the refusal is permanent
 */
public record Refusal(HttpRefusal why, long retryMillis) {

  /** A refusal with the reason's waiting time, and up to as much again, to spread the clients. */
  public static Refusal of(HttpRefusal why) {
    long millis = TimeUnit.SECONDS.toMillis(why.retrySeconds());
    return new Refusal(
        why, millis == 0 ? 0 : ThreadLocalRandom.current().nextLong(millis, 2 * millis));
  }

  public boolean isTemporary() {
    return retryMillis > 0;
  }

  /**
   * Tells the client, counts it, and ends the connection.
   *
   * @param stream whether the client asks for a stream of events
   */
  public void send(Channel channel, boolean stream, GatewayCounters counters) {
    if (stream && isTemporary()) {
      counters.postponedByWord.increment();
      EventStreamHead.postpone(channel, retryMillis);
    } else {
      counters.refused.increment();
      why.send(channel, TimeUnit.MILLISECONDS.toSeconds(retryMillis));
    }
  }
}
