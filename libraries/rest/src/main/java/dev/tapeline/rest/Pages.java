package dev.tapeline.rest;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.util.Map;

/**
 * Serves the dashboard's files and the libraries that they import. Pages may load scripts, styles
 * and images that this server serves and connect to it, by WebSocket too, and nothing else. No
 * inline script runs, and only the rendering library may turn text into markup.
 */
public final class Pages {

  private static final String PAGES = "/META-INF/resources/tapeline";
  private static final String LIBRARIES = "/META-INF/resources/webjars";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types lit-html";

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
