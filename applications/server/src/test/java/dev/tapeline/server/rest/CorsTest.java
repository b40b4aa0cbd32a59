package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages of other origins that call the API. */
class CorsTest {

  private static final String PAGE = "https://trade.example";
  private static final String ALLOW = "Access-Control-Allow-";

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static HttpResponse<Void> preflight(RestRig rig, String path, String origin)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.server.port() + path))
            .method("OPTIONS", BodyPublishers.noBody())
            .headers("Origin", origin, "Access-Control-Request-Method", "POST")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding());
    }
  }

  @Test
  void pagesOfAllowedOriginsMayCall() throws Exception {
    Map<String, String> settings = Map.of("ALLOWED_ORIGINS", PAGE, "REQUIRE_AUTH", "true");
    try (RestRig rig = new RestRig(settings)) {
      HttpResponse<?> asked = preflight(rig, "/api/v1/publish", PAGE);
      assertEquals(204, asked.statusCode());
      assertEquals(PAGE, header(asked, ALLOW + "Origin"));
      assertEquals("true", header(asked, ALLOW + "Credentials"));
      assertEquals("GET, POST", header(asked, ALLOW + "Methods"));
      assertEquals(
          "Authorization, Content-Type, Last-Event-ID, X-API-Key",
          header(asked, ALLOW + "Headers"));
      HttpResponse<?> refused = rig.get("/api/v1/instruments", "Origin", PAGE);
      assertEquals(401, refused.statusCode());
      assertEquals(PAGE, header(refused, ALLOW + "Origin"));
      HttpResponse<?> answer =
          rig.get("/api/v1/instruments", "Origin", PAGE, "X-API-Key", RestRig.KEY);
      assertEquals(200, answer.statusCode());
      assertEquals(PAGE, header(answer, ALLOW + "Origin"));
      assertEquals("Origin", header(answer, "Vary"));
    }
  }

  /** The server's own pages are allowed even if they are not in the list. */
  @Test
  void otherPagesHearNothing() throws Exception {
    try (RestRig rig = new RestRig(Map.of("ALLOWED_ORIGINS", PAGE))) {
      HttpResponse<?> asked = preflight(rig, "/api/v1/publish", "https://evil.example");
      assertEquals(403, asked.statusCode());
      assertEquals("", header(asked, ALLOW + "Origin"));
      HttpResponse<?> answer =
          rig.get("/api/v1/instruments", "Origin", "http://127.0.0.1:" + rig.server.port());
      assertEquals(200, answer.statusCode());
      assertEquals("", header(answer, ALLOW + "Origin"));
    }
  }

  @Test
  void whatIsNoApiIsForItsOwnPages() throws Exception {
    try (RestRig rig = new RestRig(Map.of())) {
      assertEquals(PAGE, header(preflight(rig, "/api/v1/none", PAGE), ALLOW + "Origin"));
      assertEquals("", header(rig.get("/metrics", "Origin", PAGE), ALLOW + "Origin"));
      assertTrue(preflight(rig, "/metrics", PAGE).statusCode() >= 400);
    }
  }
}
