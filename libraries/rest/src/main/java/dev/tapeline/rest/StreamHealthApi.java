package dev.tapeline.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Excerpt;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.plant.channels.Keys;
import dev.tapeline.rest.http.ProblemException;
import io.javalin.config.RoutesConfig;
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
import org.jspecify.annotations.Nullable;

/**
 * The call that says whether market data comes, from any source or from one. It looks at the age of
 * the source's heartbeat, and at whether a node runs the source.
 */
final class StreamHealthApi {

  private static final Duration STALE = Duration.ofSeconds(45);

  /** How far the clock of the machine that runs the feed may be ahead of this one's. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final CacheReader cache;
  private final InstantSource clock;
  private final SourceProblems problems;

  StreamHealthApi(CacheReader cache, InstantSource clock, SourceProblems problems) {
    this.cache = cache;
    this.clock = clock;
    this.problems = problems;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/health/market_stream", this::marketStream);
  }

  /**
   * The answer; the problem is present if no node runs the feed; age and time of the heartbeat are
   * null where there is none.
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

  private void marketStream(Context ctx) {
    String source = ctx.queryParam("source");
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    StreamHealth found = health(source == null ? Keys.heartbeat() : heartbeat(source), now);
    Optional<String> problem = source == null ? problems.any() : problems.of(source);
    ctx.json(problem.map(found::vacant).orElse(found));
  }

  private static String heartbeat(String source) {
    if (!Reference.isValidPart(source)) {
      throw new ProblemException(
          400, "not a source: '%s'; such as simulator or replay".formatted(Excerpt.of(source, 64)));
    }
    return Keys.heartbeat(source);
  }

  private StreamHealth health(String key, Instant now) {
    try {
      String text = cache.getAll(List.of(key)).get(key);
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
