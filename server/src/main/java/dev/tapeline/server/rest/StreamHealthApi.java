package dev.tapeline.server.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tapeline.core.BusException;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether market data comes in, told by the age of the heartbeat that the feed writes. */
final class StreamHealthApi {

  private static final String HEARTBEAT = "market_stream:heartbeat";
  private static final Duration STALE = Duration.ofSeconds(45);

  private final CacheReader cache;
  private final InstantSource clock;

  StreamHealthApi(CacheReader cache, InstantSource clock) {
    this.cache = cache;
    this.clock = clock;
  }

  /** The answer; age and time of the heartbeat are null where there is none. */
  private record StreamHealth(
      String status,
      @JsonProperty("heartbeat_age_seconds") @Nullable BigDecimal age,
      @JsonProperty("heartbeat_timestamp") @Nullable Instant heartbeat,
      Instant timestamp) {}

  void marketStream(Context ctx) {
    ctx.json(health(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  private StreamHealth health(Instant now) {
    try {
      String text = cache.getAll(List.of(HEARTBEAT)).get(HEARTBEAT);
      return text == null
          ? new StreamHealth("not_running", null, null, now)
          : health(Instant.parse(text), now);
    } catch (BusException | DateTimeParseException e) {
      return new StreamHealth("error", null, null, now);
    }
  }

  private static StreamHealth health(Instant heartbeat, Instant now) {
    Duration age = Duration.between(heartbeat, now);
    String status = age.compareTo(STALE) < 0 ? "healthy" : "stale";
    BigDecimal seconds = BigDecimal.valueOf(Math.max(0, age.toMillis()), 3);
    return new StreamHealth(status, seconds, heartbeat, now);
  }
}
