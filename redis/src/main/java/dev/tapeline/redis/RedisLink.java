package dev.tapeline.redis;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session with Redis alive: opens it, feels its pulse each second, and opens another when
 * it has ended, with full jitter and at most {@link #MAX_DELAY_MILLIS} between two tries.
 *
 * <p>A session is up from its first answered PING, so one that is still loading its data is not. It
 * counts as dead when it has owed an answer for {@link #SILENT_PULSES} pulses and nothing else came
 * either: being late is no reason to cut a link that moves.
 */
final class RedisLink implements AutoCloseable {

  /** Hears from the link: one call at a time, in the order in which things happened. */
  interface Listener {

    /** One that does not care. */
    Listener NONE =
        new Listener() {
          @Override
          public void onUp(RedisSession session) {}

          @Override
          public void onDown() {}
        };

    void onUp(RedisSession session);

    /** Called when a session that was up has ended, and when the very first try has failed. */
    void onDown();
  }

  static final long MAX_DELAY_MILLIS = 500;
  static final long PULSE_MILLIS = 1_000;
  static final int SILENT_PULSES = 2;
  private static final long FIRST_DELAY_MILLIS = 20;
  private static final long GREETING_TIMEOUT_MILLIS = 2_000;
  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

  private final RedisConnector connector;
  private final Supplier<CompletionStage<RedisSession>> opener;
  private final Listener listener;
  private final RedisServers servers;

  private volatile @Nullable RedisSession live;
  private volatile String problem = "it has not connected yet";
  private volatile long pingNanos;
  private volatile long sessions;
  private volatile boolean closed;

  // Only one try or one session's pulse is under way at a time: it owns these.
  private int failures;
  private boolean announced;

  /** A link that only carries commands, which all are answered. */
  RedisLink(RedisConnector connector, Supplier<CompletionStage<RedisSession>> opener) {
    this(connector, opener, Listener.NONE);
  }

  RedisLink(
      RedisConnector connector, Supplier<CompletionStage<RedisSession>> opener, Listener listener) {
    this(connector, opener, listener, connector.settings().address());
  }

  /**
   * @param servers what the opener connects to
   */
  RedisLink(
      RedisConnector connector,
      Supplier<CompletionStage<RedisSession>> opener,
      Listener listener,
      RedisServers servers) {
    this.connector = connector;
    this.opener = opener;
    this.listener = listener;
    this.servers = servers;
  }

  void start() {
    open();
  }

  /** The session that is up, or null. */
  @Nullable RedisSession live() {
    return live;
  }

  /** Why there is no session, for people to read. */
  String problem() {
    return problem;
  }

  /** How long Redis took to answer the last PING; 0 before the first. */
  long pingNanos() {
    return pingNanos;
  }

  /** How often a session came up after the first. */
  long reconnects() {
    return Math.max(0, sessions - 1);
  }

  private void open() {
    if (closed) {
      return;
    }
    CompletionStage<RedisSession> opening;
    try {
      opening = opener.get();
    } catch (RuntimeException e) {
      failed(e);
      return;
    }
    var _ =
        opening.whenComplete((session, error) -> {
          if (error == null) {
            greet(session);
          } else {
            failed(error);
          }
        });
  }

  private void greet(RedisSession session) {
    Future<?> guard = later(session::close, GREETING_TIMEOUT_MILLIS);
    session.whenEnded(() -> ended(session));
    long sent = System.nanoTime();
    session.ping(error -> {
      guard.cancel(false);
      if (error == null) {
        up(session, System.nanoTime() - sent);
      } else {
        session.close();
        failed(error);
      }
    });
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one try at a time, see above
  private void up(RedisSession session, long nanos) {
    if (closed) {
      session.close();
      return;
    }
    log.info("Connected to Redis at {}", session.server());
    pingNanos = nanos;
    sessions++;
    announced = true;
    live = session;
    listener.onUp(session);
    var _ = later(new Pulse(session), PULSE_MILLIS);
  }

  private void ended(RedisSession session) {
    if (live != session) {
      return;
    }
    live = null;
    problem = session.problem();
    session.close();
    if (!closed) {
      log.warn("Lost Redis at {}: {}", session.server(), problem);
      listener.onDown();
      retry();
    }
  }

  private void failed(Throwable error) {
    String now = RedisProblem.describe(error, servers);
    if (!now.equals(problem) && !closed) {
      log.warn("No connection to Redis: {}", now);
    }
    problem = now;
    if (!announced) {
      announced = true;
      listener.onDown();
    }
    retry();
  }

  private void retry() {
    if (!closed) {
      long most = Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures++, 10));
      long delay = ThreadLocalRandom.current().nextLong(most + 1);
      var _ = later(this::open, delay);
    }
  }

  private Future<?> later(Runnable task, long millis) {
    return connector.timer().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closed = true;
    problem = "it is closed";
    RedisSession session = live;
    if (session != null) {
      session.close();
    }
  }

  /** Asks one session each second whether it is still there. Owned by the timer's thread. */
  private final class Pulse implements Runnable {

    private final RedisSession session;
    private volatile boolean owed;
    private int silent;
    private long heardBefore = -1;

    private Pulse(RedisSession session) {
      this.session = session;
    }

    @Override
    public void run() {
      if (live != session) {
        return;
      }
      failures = 0;
      long heardNow = session.heard();
      silent = owed && heardNow == heardBefore ? silent + 1 : 0;
      heardBefore = heardNow;
      if (silent >= SILENT_PULSES) {
        log.warn("Redis has not answered for {} s: connecting anew", silent * PULSE_MILLIS / 1000);
        session.close();
        return;
      }
      if (!owed) {
        ping();
      }
      var _ = later(this, PULSE_MILLIS);
    }

    /** An error is an answer too. */
    private void ping() {
      owed = true;
      long sent = System.nanoTime();
      session.ping(error -> {
        owed = false;
        pingNanos = System.nanoTime() - sent;
      });
    }
  }
}
