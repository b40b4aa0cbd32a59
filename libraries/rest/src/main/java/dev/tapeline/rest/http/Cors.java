package dev.tapeline.rest.http;

import dev.tapeline.access.address.Origins;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;

/** Lets pages of other origins call the API, where their origin is allowed. */
public final class Cors {

  private static final String METHODS = "GET, POST";

  private final Origins origins;

  public Cors(List<String> allowedOrigins) {
    this.origins = new Origins(allowedOrigins);
  }

  public void addTo(RoutesConfig routes) {
    routes.before("/api/*", this::tell);
  }

  /** Sends the headers with refusals too, so that a page can read them. */
  private void tell(Context ctx) {
    String origin = ctx.header("Origin");
    if (origin != null && HandlerType.OPTIONS.equals(ctx.method())) {
      answerPreflight(ctx, origin);
    } else {
      origins.headers(origin).forEach(ctx::header);
    }
  }

  /** Answers a preflight request, which has no token yet. */
  private void answerPreflight(Context ctx, String origin) {
    if (!origins.allows(origin)) {
      throw new ProblemException(403, "pages of this origin may not connect: see allowed-origins");
    }
    origins.preflight(origin, METHODS).forEach(ctx::header);
    ctx.status(204).skipRemainingHandlers();
  }
}
