package dev.tapeline.server.rest;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.Map;

/**
 * The dashboard's files and the libraries that they import. Pages may load what this server serves,
 * and nothing else.
 */
final class Pages {

  private static final String PAGES = "/META-INF/resources/tapeline";
  private static final String LIBRARIES = "/META-INF/resources/webjars";
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private Pages() {}

  static void addTo(JavalinConfig config) {
    add(config, "/", PAGES, "no-cache");
    add(config, "/webjars", LIBRARIES, "public, max-age=31536000, immutable");
  }

  private static void add(
      JavalinConfig config, String path, String directory, String cacheControl) {
    Map<String, String> headers =
        Map.of(
            "Cache-Control",
            cacheControl,
            "Content-Security-Policy",
            POLICY,
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff");
    config.staticFiles.add(files -> {
      files.hostedPath = path;
      files.directory = directory;
      files.location = Location.CLASSPATH;
      files.headers = headers;
    });
  }
}
