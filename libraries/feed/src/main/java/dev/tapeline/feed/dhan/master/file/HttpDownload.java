package dev.tapeline.feed.dhan.master.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * Fetches files by HTTP, with a limit for each step. It follows redirects within the host only, and
 * never from https to http. Blocks the thread that reads; may be used from any thread.
 */
public final class HttpDownload implements Download, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MAX_REDIRECTS = 3;
  private static final int OK = 200;

  private final Duration answer;
  private final Duration whole;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Waits at most 30 s for an answer, and at most 5 minutes for all of it. */
  public HttpDownload() {
    this(Duration.ofSeconds(30), Duration.ofMinutes(5));
  }

  HttpDownload(Duration answer, Duration whole) {
    this.answer = answer;
    this.whole = whole;
  }

  @Override
  public InputStream open(URI uri) throws IOException {
    URI at = uri;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpResponse<InputStream> response = send(at);
      int status = response.statusCode();
      if (status == OK) {
        return body(response);
      }
      response.body().close();
      if (status / 100 != 3) {
        throw new IOException("the host %s answers %d".formatted(at.getHost(), status));
      }
      at = target(at, response);
    }
    throw new IOException("the host %s redirects too often".formatted(at.getHost()));
  }

  private HttpResponse<InputStream> send(URI uri) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(answer).header("Accept-Encoding", "gzip").build();
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + uri.getHost(), e);
    }
  }

  private static URI target(URI from, HttpResponse<InputStream> response) throws IOException {
    String location = response.headers().firstValue("Location").orElse("");
    URI to = resolve(from, location);
    boolean isSameHost = from.getAuthority().equalsIgnoreCase(to.getAuthority());
    if (!isSameHost || !from.getScheme().equalsIgnoreCase(to.getScheme())) {
      throw new IOException("the host %s redirects to another one".formatted(from.getHost()));
    }
    return to;
  }

  private static URI resolve(URI from, String location) throws IOException {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("the host %s redirects to nowhere".formatted(from.getHost()), e);
    }
  }

  private InputStream body(HttpResponse<InputStream> response) throws IOException {
    InputStream limited = new LimitedBody(response.body(), whole);
    boolean isGzip =
        response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip");
    return isGzip ? unpacked(limited) : limited;
  }

  private static InputStream unpacked(InputStream packed) throws IOException {
    try {
      return new GZIPInputStream(packed);
    } catch (IOException e) {
      packed.close();
      throw e;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }

  /** A body that is closed after a time, which ends a read that waits for more. */
  private static final class LimitedBody extends FilterInputStream {

    private final Future<?> end;

    LimitedBody(InputStream body, Duration whole) {
      super(body);
      end =
          CompletableFuture.runAsync(
              () -> cut(body),
              CompletableFuture.delayedExecutor(whole.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void cut(InputStream body) {
      try {
        body.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e); // nobody asks: the reader sees the end
      }
    }

    @Override
    public void close() throws IOException {
      end.cancel(false);
      super.close();
    }
  }
}
