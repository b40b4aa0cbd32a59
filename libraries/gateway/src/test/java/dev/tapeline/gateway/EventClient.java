package dev.tapeline.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads a stream of server-sent events as the HTML standard tells, and keeps all it receives. */
final class EventClient implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> response;
  private final List<JsonNode> events = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private String lastId;
  private String retry = "";
  private boolean ended;

  EventClient(int port, String target) {
    this(port, target, "");
  }

  /**
   * @param lastEventId where a stream before this one has ended; empty for none
   */
  EventClient(int port, String target, String lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .timeout(Duration.ofSeconds(10));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    lastId = lastEventId;
    try {
      response = http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      StringBuilder data = new StringBuilder();
      String line;
      while ((line = lines.readLine()) != null) {
        take(line, data);
      }
    } catch (IOException e) {
      // the stream has ended
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized void take(String line, StringBuilder data) {
    lines.add(line);
    if (line.isEmpty() && !data.isEmpty()) {
      events.add(TestClient.JSON.readTree(data.toString()));
      data.setLength(0);
    } else if (line.startsWith("data: ")) {
      data.append(line, 6, line.length());
    } else if (line.startsWith("id: ")) {
      lastId = line.substring(4);
    } else if (line.startsWith("retry: ")) {
      retry = line.substring(7);
    }
    notifyAll();
  }

  synchronized String lastId() {
    return lastId;
  }

  synchronized String retry() {
    return retry;
  }

  /** The stream as it came. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  synchronized List<JsonNode> events() {
    return List.copyOf(events);
  }

  List<Long> numbersOf(String type) {
    return events().stream()
        .filter(e -> e.path("type").asString("").equals(type))
        .map(e -> e.path("seq").asLong())
        .toList();
  }

  JsonNode awaitType(String type) {
    return await(e -> e.path("type").asString("").equals(type));
  }

  JsonNode await(Predicate<JsonNode> wanted) {
    TestGateway.awaitTrue(() -> events().stream().anyMatch(wanted));
    return events().stream().filter(wanted).findFirst().orElseThrow();
  }

  synchronized boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
