package dev.tapeline.rest;

import io.javalin.http.Context;
import java.io.InputStream;
import java.util.Objects;

/** Serves the OpenAPI description of the REST API. */
final class OpenApi {

  private OpenApi() {}

  static void send(Context ctx) {
    InputStream document =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.json"));
    ctx.contentType("application/json").result(document);
  }
}
