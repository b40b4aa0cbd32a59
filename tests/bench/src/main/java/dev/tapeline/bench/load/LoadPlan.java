package dev.tapeline.bench.load;

import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.redis.address.RedisSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a load run.
 *
 * @param profile the name of the schedule in the report
 * @param url of a server that runs; null for a gateway in this process
 * @param redis what the messages go through; null for the embedded bus
 * @param serverPid the process of that server; null if it is not known
 */
public record LoadPlan(
    SubscribePlan subscribers,
    PublishTimes schedule,
    String profile,
    int bytes,
    Duration warmUp,
    Duration duration,
    @Nullable URI url,
    @Nullable RedisSettings redis,
    @Nullable Long serverPid) {}
