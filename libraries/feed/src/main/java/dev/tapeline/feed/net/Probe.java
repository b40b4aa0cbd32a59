package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the hosts of vendors single questions, outside of any feed: whether they answer, and what
 * their clocks say. A call blocks; any number of threads may ask at the same time.
 */
public final class Probe implements AutoCloseable {

  /** The answers in question are small; of others the beginning is enough. */
  private static final int MAX_BODY = 65_536;

  private final Duration timeout;
  private final InstantSource clock;
  private final HttpClient client;

  /**
   * @param network whose certificates are trusted
   * @param timeout from the look-up of the host to the end of the answer
   * @throws dev.tapeline.feed.FeedException if the file of certificates can't be used
   */
  public Probe(NetSettings network, Duration timeout, InstantSource clock) {
    this.timeout = timeout;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(Trust.of(network.authorities()))
            .build();
  }

  /** Sends a GET, and waits for its answer. */
  public ProbeAnswer get(Address address) {
    CompletableFuture<ProbeAnswer> answer = new CompletableFuture<>();
    Thread.ofVirtual().name("probe").start(() -> ask(address, answer));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(e, address);
    } catch (ExecutionException | TimeoutException e) {
      return failed(e, address);
    }
  }

  /** Runs on a thread of its own, as the look-up of a host has no timeout. */
  private void ask(Address address, CompletableFuture<ProbeAnswer> answer) {
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(address.uri()).timeout(timeout);
      address.headers().forEach(request::setHeader);
      Instant sent = clock.instant();
      client
          .sendAsync(request.build(), _ -> new FirstBytes(MAX_BODY))
          .whenComplete((response, failure) -> {
            if (response == null) {
              answer.complete(failed(failure, address));
            } else {
              answer.complete(answered(response, sent));
            }
          });
    } catch (RuntimeException e) {
      answer.complete(failed(e, address));
    }
  }

  private ProbeAnswer answered(HttpResponse<byte[]> response, Instant sent) {
    String date = response.headers().firstValue("Date").orElse("");
    return new ProbeAnswer.Answered(
        response.statusCode(), response.body(), parse(date), sent, clock.instant());
  }

  private static @Nullable Instant parse(String date) {
    try {
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException _) {
      return null; // as good as none
    }
  }

  private ProbeAnswer failed(Throwable failure, Address address) {
    return new ProbeAnswer.Failed(Reasons.of(failure, address, timeout));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
