package dev.tapeline.plant.supply;

import dev.tapeline.core.Cache;
import dev.tapeline.core.OwnThread;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the key {@value #KEY}: the present instant in ISO-8601, for 60 s, at once and every 30 s;
 * after a failure again after a second. Its thread is {@code heartbeat}.
 */
public final class Heartbeat implements AutoCloseable {

  public static final String KEY = "market_stream:heartbeat";
  private static final Duration TTL = Duration.ofSeconds(60);
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final Cache cache;
  private final InstantSource clock;
  private final Duration period;
  private final ScheduledExecutorService executor = new OwnThread("heartbeat");
  private boolean failing;

  public Heartbeat(Cache cache, InstantSource clock) {
    this(cache, clock, PERIOD);
  }

  Heartbeat(Cache cache, InstantSource clock, Duration period) {
    this.cache = cache;
    this.clock = clock;
    this.period = period;
  }

  public void start() {
    beat();
  }

  private void beat() {
    var _ =
        CompletableFuture.supplyAsync(this::write, executor)
            .thenCompose(stage -> stage)
            .whenCompleteAsync((_, error) -> next(error), executor);
  }

  private CompletionStage<Void> write() {
    return cache.write(List.of(new Cache.Write.Put(KEY, clock.instant().toString(), TTL)));
  }

  private void next(@Nullable Throwable error) {
    if (error != null && !failing) {
      log.warn("the heartbeat can't be written: {}; trying every {}", error.getMessage(), RETRY);
    }
    failing = error != null;
    Duration delay = failing ? RETRY : period;
    var _ = executor.schedule(this::beat, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
