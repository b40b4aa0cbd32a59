package dev.tapeline.tls;

import dev.tapeline.tls.TlsFiles.Found;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that new connections get: that of the files, read again by a thread of its own
 * every few seconds. Open connections keep the certificate that they began with. Files that can't
 * be used change nothing, and are logged once.
 *
 * <p>Both files are compared by their content, because the targets of links may be replaced. A
 * change is used once it was read twice in a row, because one file is replaced before the other.
 */
public final class LiveCertificate implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveCertificate.class);

  /** The time between two looks at the files. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private final TlsFiles files;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("tapeline-tls", true));
  private final LongAdder reloads = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder handshakeFailures = new LongAdder();
  private volatile Serving serving;
  private Found seen;
  private Found tried;
  private Consumer<JdkSslContext> onChange = context -> {};

  /** The certificate and context that new connections get. */
  private record Serving(CertifiedKey pair, JdkSslContext context) {

    static Serving of(CertifiedKey pair) throws IOException {
      return new Serving(pair, pair.context());
    }
  }

  /**
   * Reads the files now, and again at this interval.
   *
   * @throws TlsException if they can't be used
   */
  public LiveCertificate(TlsFiles files, Duration interval, MeterRegistry meters) {
    this.files = files;
    this.seen = files.read();
    this.tried = seen;
    this.serving = serving(seen);
    warnOfExpiry();
    bind(meters);
    long millis = interval.toMillis();
    watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  private Serving serving(Found found) {
    try {
      return Serving.of(files.parse(found));
    } catch (IOException e) {
      throw new TlsException("%s can't be served: %s".formatted(files, e.getMessage()), e);
    }
  }

  private void bind(MeterRegistry meters) {
    FunctionCounter.builder("tapeline.tls.reloads", reloads, LongAdder::sum)
        .description("Changed certificates that were loaded")
        .register(meters);
    FunctionCounter.builder("tapeline.tls.reload.failures", failures, LongAdder::sum)
        .description("Changed certificate files that could not be used")
        .register(meters);
    FunctionCounter.builder("tapeline.tls.handshake.failures", handshakeFailures, LongAdder::sum)
        .description("Connections that ended during the TLS handshake")
        .register(meters);
    Gauge.builder("tapeline.tls.certificate.expiry", () -> pair().expires().getEpochSecond())
        .description("When the certificate ends, seconds since 1970")
        .baseUnit("seconds")
        .register(meters);
  }

  /** The context for a new connection. */
  public JdkSslContext context() {
    return serving.context();
  }

  /** Counts connections that end during the TLS handshake. */
  LongAdder handshakeFailures() {
    return handshakeFailures;
  }

  public CertifiedKey pair() {
    return serving.pair();
  }

  /** Sets a listener, which is called on the watching thread when the certificate has changed. */
  public synchronized void onChange(Consumer<JdkSslContext> listener) {
    onChange = listener;
  }

  private synchronized void look() {
    Found now = files.read();
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(tried)) {
      tried = now;
      take(now);
    }
  }

  private void take(Found now) {
    try {
      take(serving(now));
    } catch (TlsException e) {
      failures.increment();
      log.error("TLS: {}; the certificate for {} stays in use", e.getMessage(), pair());
    }
  }

  private void take(Serving changed) {
    serving = changed;
    reloads.increment();
    log.info("TLS: new certificate for {} until {}", changed.pair(), changed.pair().expires());
    warnOfExpiry();
    onChange.accept(changed.context());
  }

  private void warnOfExpiry() {
    if (pair().expires().isBefore(Instant.now())) {
      log.warn(
          "TLS: the certificate in {} has expired at {}: clients will refuse it; renew it, and the"
              + " server loads it without a restart",
          files.certificate(),
          pair().expires());
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
