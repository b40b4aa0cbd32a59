package dev.tapeline.bench.comeback;

import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.server.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run in which subscribers leave and come back.
 *
 * @param stayers subscribers that stay; each has one channel, as the others have
 * @param rate messages a second in all
 * @param behind messages that are published on each channel before they come back
 * @param steady the time of measuring before they leave, and after they are back
 * @param url of a server that runs; null for a gateway in this process
 * @param redis what the messages go through; null for the embedded bus
 */
record ComebackPlan(
    SubscribePlan stayers,
    SubscribePlan leavers,
    double rate,
    int bytes,
    long behind,
    Duration warmUp,
    Duration steady,
    @Nullable URI url,
    @Nullable RedisSettings redis) {

  List<String> channels() {
    return leavers.channelNames();
  }

  Target target(Settings settings) {
    return url == null
        ? Target.inProcess(all(), settings.gateway(), settings.durable(), redis)
        : Target.running(url, Objects.requireNonNull(redis), settings.durable());
  }

  /** All subscribers, for the limits of a gateway in this process. */
  private SubscribePlan all() {
    int connections = stayers.connections() + leavers.connections();
    return new SubscribePlan(connections, leavers.channels(), 1, leavers.prefix(), false, 0, 0);
  }
}
