package dev.tapeline.bench.server;

import dev.tapeline.bench.cli.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;

/** Reads the metrics of a running server. */
final class ServerMetrics {

  private ServerMetrics() {}

  /**
   * The value of a metric without labels.
   *
   * @param url of the server's WebSocket
   * @throws BenchException if it can't be read
   */
  static long read(URI url, String metric) {
    URI metrics =
        URI.create(String.format(Locale.ROOT, "http://%s/metrics", url.getRawAuthority()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(metric + " "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(metric.length() + 1)))
          .findFirst()
          .orElseThrow(() -> new BenchException("%s has no %s".formatted(metrics, metric)));
    } catch (IOException e) {
      throw new BenchException("can't read %s: %s".formatted(metrics, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted while reading " + metrics, e);
    }
  }
}
