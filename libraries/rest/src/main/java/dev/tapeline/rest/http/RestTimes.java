package dev.tapeline.rest.http;

import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * The times of answers, by route and class of status. Routes are those that the server declares;
 * the rest, pages among them, is {@code other}, so that callers can't make up new ones.
 */
public final class RestTimes implements RequestLogger {

  private static final Duration[] BUCKETS =
      LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final String OTHER = "other";
  private static final double NANOS_PER_MILLI = 1e6;

  private final MeterRegistry meters;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  public RestTimes(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A route and a class of status: five for each route. */
  private record Kind(String route, int statusClass) {}

  @Override
  public void handle(Context ctx, Float millis) {
    timers
        .computeIfAbsent(new Kind(route(ctx), ctx.statusCode() / 100), this::timer)
        .record(Duration.ofNanos((long) (millis * NANOS_PER_MILLI)));
  }

  private Timer timer(Kind kind) {
    return Timer.builder("tapeline.rest")
        .description("Time to answer a request, by route and class of status")
        .serviceLevelObjectives(BUCKETS)
        .tag("route", kind.route())
        .tag("status", kind.statusClass() + "xx")
        .register(meters);
  }

  private static String route(Context ctx) {
    Endpoint endpoint = ctx.endpoints().lastHttpEndpoint();
    return endpoint == null ? OTHER : endpoint.path;
  }
}
