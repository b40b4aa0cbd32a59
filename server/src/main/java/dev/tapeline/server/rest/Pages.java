package dev.tapeline.server.rest;

import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The dashboard's files and the libraries that they import. Pages may run the server's own scripts
 * only; of those inside the page, only the ones that it was delivered with, known by their hash.
 */
final class Pages {

  private static final String DIRECTORY = "/META-INF/resources/tapeline";
  private static final String LIBRARIES = "/META-INF/resources/webjars";
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

  private Pages() {}

  static void addTo(JavalinConfig config) {
    if (Pages.class.getResource(DIRECTORY + "/index.html") != null) {
      add(config, "/", DIRECTORY, headers("no-cache"));
    }
    if (Pages.class.getResource(LIBRARIES) != null) {
      add(config, "/webjars", LIBRARIES, headers("public, max-age=31536000, immutable"));
    }
  }

  private static void add(
      JavalinConfig config, String path, String directory, Map<String, String> headers) {
    config.staticFiles.add(files -> {
      files.hostedPath = path;
      files.directory = directory;
      files.location = Location.CLASSPATH;
      files.headers = headers;
    });
  }

  private static Map<String, String> headers(String cacheControl) {
    return Map.of(
        "Cache-Control",
        cacheControl,
        "Content-Security-Policy",
        policy(),
        "Referrer-Policy",
        "no-referrer",
        "X-Content-Type-Options",
        "nosniff");
  }

  private static String policy() {
    return "default-src 'self'; script-src 'self'"
        + inlineHashes()
        + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:;"
        + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  }

  private static String inlineHashes() {
    return INLINE_SCRIPT
        .matcher(index())
        .results()
        .map(match -> " 'sha256-" + sha256(match.group(1)) + "'")
        .collect(Collectors.joining());
  }

  private static String index() {
    try (InputStream in = Pages.class.getResourceAsStream(DIRECTORY + "/index.html")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }
}
