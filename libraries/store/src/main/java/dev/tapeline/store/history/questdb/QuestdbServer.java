package dev.tapeline.store.history.questdb;

import dev.tapeline.core.Excerpt;
import dev.tapeline.store.history.HistoryException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A QuestDB server, spoken to over HTTP. Calls block; safe for all threads. */
final class QuestdbServer implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MAX_SHOWN = 300;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .executor(task -> Thread.ofVirtual().name("history-http").start(task))
          .build();
  private final URI base;
  private final @Nullable String authorization;

  /**
   * @param url scheme, host and port, and a name and a password where the server wants one
   */
  QuestdbServer(URI url) {
    this.base = URI.create("%s://%s".formatted(url.getScheme(), hostOf(url)));
    String login = url.getUserInfo();
    this.authorization =
        login == null
            ? null
            : "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static String hostOf(URI url) {
    String host = Objects.requireNonNull(url.getHost(), "no host");
    return url.getPort() < 0 ? host : host + ":" + url.getPort();
  }

  /** The rows of a query; none of a statement. */
  List<List<@Nullable String>> query(String sql) {
    String encoded = URLEncoder.encode(sql, StandardCharsets.UTF_8);
    HttpResponse<String> response = send(request("/exec?query=" + encoded).GET().build());
    Answer answer = parse(response);
    if (answer.error() != null) {
      throw failure(response.statusCode(), answer.error());
    }
    return answer.rows();
  }

  private static Answer parse(HttpResponse<String> response) {
    try {
      return Answer.parse(response.body());
    } catch (JacksonException e) {
      throw HistoryException.away(
          "QuestDB: status %d and no JSON".formatted(response.statusCode()), e);
    }
  }

  /** Stores lines; the rows of each table are stored all or not at all. */
  void write(LineText lines) {
    HttpResponse<String> response =
        send(
            request("/write?precision=ms")
                .POST(HttpRequest.BodyPublishers.ofString(lines.toString()))
                .build());
    if (response.statusCode() != 204) {
      throw failure(response.statusCode(), response.body());
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw HistoryException.away("QuestDB at %s: %s".formatted(base, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HistoryException.away("QuestDB at %s: interrupted".formatted(base), e);
    }
  }

  private static HistoryException failure(int status, String body) {
    String message = "QuestDB: status %d: %s".formatted(status, Excerpt.of(body, MAX_SHOWN));
    IOException cause = new IOException(message);
    return status == 400
        ? HistoryException.refused(message, cause)
        : HistoryException.away(message, cause);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
