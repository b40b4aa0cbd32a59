package dev.tapeline.server.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tapeline.core.BusException;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

  /** How far the clock of the machine that runs the feed may be ahead of this one's. */
  private static final Duration SKEW = Duration.ofSeconds(5);

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
    boolean future = age.compareTo(SKEW.negated()) < 0;
    String status = future || age.compareTo(STALE) >= 0 ? "stale" : "healthy";
    return new StreamHealth(status, future ? seconds(age) : seconds(positive(age)), heartbeat, now);
  }

  private static Duration positive(Duration age) {
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Seconds to the millisecond; a duration in milliseconds alone may exceed a long. */
  private static BigDecimal seconds(Duration age) {
    return BigDecimal.valueOf(age.getSeconds())
        .add(BigDecimal.valueOf(age.getNano(), 9))
        .setScale(3, RoundingMode.FLOOR);
  }
}
