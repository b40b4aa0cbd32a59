package dev.tapeline.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether market data comes in, told by the age of the heartbeat that the feed writes, and at once
 * if nobody runs the feed.
 */
final class StreamHealthApi {

  private static final String HEARTBEAT = "market_stream:heartbeat";
  private static final Duration STALE = Duration.ofSeconds(45);

  /** How far the clock of the machine that runs the feed may be ahead of this one's. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final CacheReader cache;
  private final InstantSource clock;
  private final Supplier<Optional<String>> feedProblem;

  StreamHealthApi(CacheReader cache, InstantSource clock, Supplier<Optional<String>> feedProblem) {
    this.cache = cache;
    this.clock = clock;
    this.feedProblem = feedProblem;
  }

  /**
   * The answer; problem is there if nobody runs the feed; age and time of the heartbeat are null
   * where there is none.
   */
  private record StreamHealth(
      String status,
      @JsonProperty("heartbeat_age_seconds") @Nullable BigDecimal age,
      @JsonProperty("heartbeat_timestamp") @Nullable Instant heartbeat,
      Instant timestamp,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String problem) {

    private StreamHealth vacant(String why) {
      return new StreamHealth("not_running", age, heartbeat, timestamp, why);
    }
  }

  void marketStream(Context ctx) {
    StreamHealth found = health(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    ctx.json(feedProblem.get().map(found::vacant).orElse(found));
  }

  private StreamHealth health(Instant now) {
    try {
      String text = cache.getAll(List.of(HEARTBEAT)).get(HEARTBEAT);
      return text == null
          ? new StreamHealth("not_running", null, null, now, null)
          : health(Instant.parse(text), now);
    } catch (BusException | DateTimeParseException e) {
      return new StreamHealth("error", null, null, now, null);
    }
  }

  private static StreamHealth health(Instant heartbeat, Instant now) {
    Duration age = Duration.between(heartbeat, now);
    boolean future = age.compareTo(SKEW.negated()) < 0;
    String status = future || age.compareTo(STALE) >= 0 ? "stale" : "healthy";
    BigDecimal seconds = seconds(future ? age : positive(age));
    return new StreamHealth(status, seconds, heartbeat, now, null);
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
