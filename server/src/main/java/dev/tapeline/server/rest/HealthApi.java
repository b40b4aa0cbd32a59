package dev.tapeline.server.rest;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Whether the process lives, and whether it should get requests. */
final class HealthApi {

  private final Readiness readiness;

  HealthApi(Readiness readiness) {
    this.readiness = readiness;
  }

  void live(Context ctx) {
    ctx.json(Map.of("status", "live"));
  }

  void ready(Context ctx) {
    List<String> reasons = readiness.reasons();
    if (reasons.isEmpty()) {
      ctx.json(Map.of("status", "ready"));
    } else {
      new Problem("Not ready", 503, String.join("; ", reasons), reasons).send(ctx);
    }
  }
}
