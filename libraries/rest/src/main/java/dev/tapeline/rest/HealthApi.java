package dev.tapeline.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tapeline.rest.http.Problem;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The health checks: whether the process lives, and whether it should get requests. */
final class HealthApi {

  private final Readiness readiness;
  private final NodeDirectory nodes;

  HealthApi(Readiness readiness, NodeDirectory nodes) {
    this.readiness = readiness;
    this.nodes = nodes;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/health/live", this::live);
    routes.get("/health/ready", this::ready);
  }

  /**
   * The answer of a server that is ready.
   *
   * @param feed the state of the feed, if there is one
   * @param database the state of the database, if it is used
   * @param problems tolerated problems
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Ready(
      String status, @Nullable String feed, @Nullable String database, List<String> problems) {}

  private void live(Context ctx) {
    ctx.json(Map.of("status", "live"));
  }

  private void ready(Context ctx) {
    List<String> reasons = readiness.reasons();
    if (reasons.isEmpty()) {
      String feed = nodes.feedState().orElse(null);
      String database = readiness.database().orElse(null);
      ctx.json(new Ready("ready", feed, database, readiness.problems()));
    } else {
      new Problem("Not ready", 503, String.join("; ", reasons), reasons).send(ctx);
    }
  }
}
