package dev.tapeline.simulate;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tapeline.simulate.net.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A plain HTTP client of one port. */
public record Http(int port) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Calls with headers, which are names and values in turn. */
  public HttpResponse<String> call(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public HttpResponse<String> get(String path) {
    return call("GET", path, "");
  }

  public static JsonNode json(HttpResponse<String> response) {
    JsonNode body = Json.parse(response.body());
    assertNotNull(body, response.body());
    return body;
  }
}
