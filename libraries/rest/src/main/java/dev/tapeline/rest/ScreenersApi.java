package dev.tapeline.rest;

import dev.tapeline.access.policy.AdminAct;
import dev.tapeline.plant.watch.Screener;
import dev.tapeline.plant.watch.WishStore;
import dev.tapeline.rest.http.Bodies;
import dev.tapeline.rest.http.Guard;
import dev.tapeline.rest.http.JsonBody;
import dev.tapeline.rest.http.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The calls for screeners: named lists of instruments that the sources watch. */
final class ScreenersApi {

  private static final Set<String> MEMBERS = Set.of("type", "symbols", "keys");

  private final WishStore wishes;
  private final Guard guard;
  private final Bodies bodies;

  ScreenersApi(WishStore wishes, Guard guard, Bodies bodies) {
    this.wishes = wishes;
    this.guard = guard;
    this.bodies = bodies;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/screeners", this::all);
    routes.get("/api/v1/screeners/{name}", this::one);
    routes.put("/api/v1/screeners/{name}", this::put);
    routes.delete("/api/v1/screeners/{name}", this::remove);
  }

  private record Answer(List<Screener> screeners, int count) {}

  private record Removed(String removed) {}

  private void all(Context ctx) {
    List<Screener> screeners =
        wishes.wishes().screeners().values().stream()
            .sorted(Comparator.comparing(Screener::name))
            .toList();
    ctx.json(new Answer(screeners, screeners.size()));
  }

  private void one(Context ctx) {
    Screener screener = wishes.wishes().screeners().get(ctx.pathParam("name"));
    if (screener == null) {
      throw unknown(ctx);
    }
    ctx.json(screener);
  }

  private void put(Context ctx) {
    String _ = guard.mayAdmin(ctx, AdminAct.WATCH);
    JsonBody body = JsonBody.read(ctx, bodies, MEMBERS);
    try {
      Screener screener =
          new Screener(
              ctx.pathParam("name"),
              body.textOrNull("type"),
              body.texts("symbols"),
              body.texts("keys"));
      wishes.put(screener);
      ctx.json(screener);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, String.valueOf(e.getMessage()));
    }
  }

  private void remove(Context ctx) {
    String _ = guard.mayAdmin(ctx, AdminAct.WATCH);
    if (!wishes.removeScreener(ctx.pathParam("name"))) {
      throw unknown(ctx);
    }
    ctx.json(new Removed(ctx.pathParam("name")));
  }

  private static ProblemException unknown(Context ctx) {
    return new ProblemException(404, "there is no screener '%s'".formatted(ctx.pathParam("name")));
  }
}
