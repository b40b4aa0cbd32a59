package dev.tapeline.plant.supply;

import dev.tapeline.core.Cache;
import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.plant.channels.Keys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeat of a running source: writes the present instant in ISO-8601 under the source's key
 * and under the common one, for 60 s, at once and every 30 s; after a failure again after a second.
 * Closed, it writes no more, also if it is started then, as when a feed ends within its own start.
 * Its thread is {@code heartbeat-{SOURCE}}.
 */
public final class Heartbeat implements AutoCloseable {

  private static final Duration TTL = Duration.ofSeconds(60);
  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final String source;
  private final Cache cache;
  private final InstantSource clock;
  private final Duration period;
  private final OwnThread executor;
  private boolean failing;

  public Heartbeat(String source, Cache cache, InstantSource clock) {
    this(source, cache, clock, PERIOD);
  }

  Heartbeat(String source, Cache cache, InstantSource clock, Duration period) {
    this.source = source;
    this.executor = new OwnThread("heartbeat-" + source);
    executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // once closed
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
    String now = clock.instant().toString();
    return cache.write(
        List.of(
            new Cache.Write.Put(Keys.heartbeat(), now, TTL),
            new Cache.Write.Put(Keys.heartbeat(source), now, TTL)));
  }

  private void next(@Nullable Throwable error) {
    if (error != null && !failing) {
      log.warn(
          "the heartbeat of {} can't be written: {}; trying every {}",
          source,
          error.getMessage(),
          RETRY);
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
