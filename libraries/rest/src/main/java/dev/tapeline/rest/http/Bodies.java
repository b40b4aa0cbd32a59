package dev.tapeline.rest.http;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * Reads the bodies of requests, with a largest size and a least rate for each, and a budget of
 * bytes for all together. Used by all request threads.
 *
 * <p>A body that is still unread when its request is answered would be read as the next request. A
 * short body is read and dropped, so that the connection can be kept; after a longer one the
 * connection is closed, and the answer says so.
 */
public final class Bodies {

  /** The least rate of a body that has taken longer than a request's head may. */
  static final int MIN_BYTES_PER_SECOND = 16 << 10;

  private static final int FIRST_BYTES = 8 << 10;
  private static final int DROPPED_BYTES = 128 << 10;
  private static final double NANOS = 1e9;

  private final RestLimits limits;
  private final Duration patience;
  private final AtomicLong held = new AtomicLong();
  private final Counter refused;
  private final Counter slow;
  private final Counter aborted;

  /**
   * @param patience how long a body may stall, and be slower than the least rate
   */
  public Bodies(RestLimits limits, Duration patience, MeterRegistry meters) {
    this.limits = limits;
    this.patience = patience;
    this.refused = counter(meters, "refused", "Bodies beyond the limit of all together");
    this.slow = counter(meters, "slow", "Bodies that came too slowly");
    this.aborted = counter(meters, "aborted", "Bodies that their sender did not finish");
    Gauge.builder("tapeline.rest.bodies.bytes", held, AtomicLong::get)
        .description("Bytes of request bodies in memory")
        .register(meters);
  }

  private static Counter counter(MeterRegistry meters, String what, String description) {
    return Counter.builder("tapeline.rest.bodies." + what)
        .description(description)
        .register(meters);
  }

  /**
   * Reads the whole body; the caller closes it when it needs the bytes no more.
   *
   * @throws ProblemException with 400, 408, 413 or 503 if it does not come whole, in time, within
   *     the size or within the budget
   */
  public Body read(Context ctx) {
    long length = ctx.req().getContentLengthLong();
    checkSize(length);
    Body body = new Body((int) Math.min(FIRST_BYTES, length < 0 ? FIRST_BYTES : length));
    try (Clock clock = new Clock(ctx)) {
      fill(body, ctx.req().getInputStream(), length, clock);
      return body;
    } catch (IOException e) {
      body.close();
      ctx.header("Connection", "close");
      throw problem(e);
    } catch (RuntimeException e) {
      body.close();
      throw e;
    }
  }

  private void fill(Body body, InputStream in, long length, Clock clock) throws IOException {
    int read = 0;
    while (read >= 0) {
      body.size += read;
      checkSize(body.size);
      clock.check(body.size);
      if (body.size == length) {
        read = in.read(); // nothing follows, but the stream must be read to its end
      } else {
        body.makeRoom(length);
        read = in.read(body.bytes, body.size, body.bytes.length - body.size);
      }
    }
    body.trim();
  }

  private void checkSize(long size) {
    if (size > limits.maxBodyBytes()) {
      throw new ProblemException(
          413,
          "a body has at most %d bytes: send less, or raise tapeline-rest-max-body-bytes"
              .formatted(limits.maxBodyBytes()));
    }
  }

  private ProblemException problem(IOException e) {
    if (e instanceof SlowBodyException || e.getCause() instanceof TimeoutException) {
      slow.increment();
      return tooSlow();
    }
    aborted.increment();
    return new ProblemException(400, "the body is incomplete, or can't be read");
  }

  private ProblemException tooSlow() {
    return new ProblemException(
        408,
        "the body stalled for %d ms, or was slower than %d bytes a second"
            .formatted(patience.toMillis(), MIN_BYTES_PER_SECOND));
  }

  /** Drops the rest of the body when the answer is known, or closes the connection after it. */
  public void settle(Context ctx) throws IOException {
    if (hasBody(ctx)
        && !ctx.req().getInputStream().isFinished()
        && !ctx.res().containsHeader("Connection")
        && !isDropped(ctx)) {
      ctx.header("Connection", "close");
    }
  }

  private static boolean hasBody(Context ctx) {
    return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
  }

  private boolean isDropped(Context ctx) {
    long length = ctx.req().getContentLengthLong();
    if (length < 0 || length > DROPPED_BYTES || ctx.header("Expect") != null) {
      return false;
    }
    try (Clock clock = new Clock(ctx)) {
      InputStream in = ctx.req().getInputStream();
      byte[] dropped = new byte[FIRST_BYTES];
      long size = 0;
      for (int read = 0; read >= 0; read = in.read(dropped)) {
        size += read;
        clock.check(size);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static final class SlowBodyException extends IOException {

    private static final long serialVersionUID = 1;
  }

  /** Ends a body that stalls or is slow. */
  private final class Clock implements AutoCloseable {

    private final long begun = System.nanoTime();
    private final EndPoint connection;
    private final long idleMillis;

    Clock(Context ctx) {
      connection =
          ServletContextRequest.getServletContextRequest(ctx.req())
              .getConnectionMetaData()
              .getConnection()
              .getEndPoint();
      idleMillis = connection.getIdleTimeout();
      connection.setIdleTimeout(Math.min(idleMillis, patience.toMillis()));
    }

    void check(long size) throws SlowBodyException {
      double allowed = patience.toNanos() + size * NANOS / MIN_BYTES_PER_SECOND;
      if (System.nanoTime() - begun > allowed) {
        throw new SlowBodyException();
      }
    }

    @Override
    public void close() {
      connection.setIdleTimeout(idleMillis);
    }
  }

  /** The bytes of one body, which count for the budget until it is closed. Owned by one thread. */
  public final class Body implements AutoCloseable {

    private byte[] bytes;
    private int size;
    private long reserved;

    private Body(int capacity) {
      reserve(capacity);
      this.bytes = new byte[capacity];
    }

    public byte[] bytes() {
      return bytes;
    }

    /** Doubles, up to the length, or to one byte more than a body may have. */
    private void makeRoom(long length) {
      if (size == bytes.length) {
        long most = length < 0 ? limits.maxBodyBytes() + 1L : length;
        resize((int) Math.min(most, 2L * bytes.length));
      }
    }

    private void trim() {
      if (size < bytes.length) {
        resize(size);
      }
    }

    private void resize(int capacity) {
      int before = bytes.length;
      reserve(capacity);
      bytes = Arrays.copyOf(bytes, capacity);
      release(before);
    }

    private void reserve(int count) {
      if (held.addAndGet(count) > limits.bodiesTotalBytes()) {
        held.addAndGet(-count);
        refused.increment();
        throw new ProblemException(
            503,
            "the request bodies in memory reached their limit: try again, or raise"
                + " tapeline-rest-bodies-total-bytes");
      }
      reserved += count;
    }

    private void release(long count) {
      held.addAndGet(-count);
      reserved -= count;
    }

    @Override
    public void close() {
      release(reserved);
    }
  }
}
