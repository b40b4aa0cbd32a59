package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisServers;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one session with Redis alive. It sends a PING each second, and opens a new session when one
 * has ended. Attempts are at most {@link #MAX_DELAY_MILLIS} apart, with full jitter.
 *
 * <p>Six or more sessions in a row that end within 2 s of their beginning are followed by pauses of
 * 1 to 8 s, because the next session would probably end as they did.
 *
 * <p>A session is up once its first PING is answered, so a server that still loads its data is not
 * up. A session is dead once it has owed an answer for {@link #SILENT_PULSES} pulses in which
 * nothing else came either. A link that is late but moves is not cut.
 */
public final class RedisLink implements AutoCloseable {

  /** Hears from the link: one call at a time, in the order of events. */
  public interface Listener {

    /** A listener that ignores all events. */
    Listener NONE =
        new Listener() {
          @Override
          public void onUp(RedisSession session) {}

          @Override
          public void onDown() {}
        };

    void onUp(RedisSession session);

    /** A session that was up has ended, or the very first attempt has failed. */
    void onDown();
  }

  static final long MAX_DELAY_MILLIS = 500;
  public static final long PULSE_MILLIS = 1_000;
  static final int SILENT_PULSES = 2;
  private static final long YOUNG_NANOS = 2_000_000_000;
  private static final int FREE_YOUNG_ENDS = 5;
  private static final int MAX_SHIFT = 4;
  private static final long FIRST_DELAY_MILLIS = 20;
  private static final long GREETING_TIMEOUT_MILLIS = 2_000;

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
  private long upSince;
  private int youngEnds;

  /** A link for commands only. */
  public RedisLink(RedisConnector connector, Supplier<CompletionStage<RedisSession>> opener) {
    this(connector, opener, Listener.NONE);
  }

  public RedisLink(
      RedisConnector connector, Supplier<CompletionStage<RedisSession>> opener, Listener listener) {
    this(connector, opener, listener, connector.settings().address());
  }

  /**
   * @param servers what the opener connects to
   */
  public RedisLink(
      RedisConnector connector,
      Supplier<CompletionStage<RedisSession>> opener,
      Listener listener,
      RedisServers servers) {
    this.connector = connector;
    this.opener = opener;
    this.listener = listener;
    this.servers = servers;
  }

  public void start() {
    open();
  }

  /** The session that is up, or null. */
  public @Nullable RedisSession live() {
    return live;
  }

  /** Why there is no session, for people to read. */
  public String problem() {
    return problem;
  }

  /** How long Redis took to answer the last PING; 0 before the first. */
  public long pingNanos() {
    return pingNanos;
  }

  /** How often a session came up after the first. */
  public long reconnects() {
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
    connector.outages().connected(this, session.server());
    pingNanos = nanos;
    sessions++;
    upSince = System.nanoTime();
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
      connector.outages().lost(this, session.server(), problem);
      listener.onDown();
      reopen();
    }
  }

  private void failed(Throwable error) {
    String now = RedisProblem.describe(error, servers);
    if (!closed) {
      connector.outages().failed(this, now);
    }
    problem = now;
    if (!announced) {
      announced = true;
      listener.onDown();
    }
    retry();
  }

  /**
   * Opens the next session, after a growing pause if sessions keep ending soon after their
   * beginning.
   */
  private void reopen() {
    boolean young = System.nanoTime() - upSince < YOUNG_NANOS;
    youngEnds = young ? youngEnds + 1 : 0;
    if (youngEnds > FREE_YOUNG_ENDS) {
      int shift = Math.min(youngEnds - FREE_YOUNG_ENDS, MAX_SHIFT);
      var _ = later(this::open, MAX_DELAY_MILLIS << shift);
    } else {
      retry();
    }
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
    connector.outages().closed(this);
    problem = "it is closed";
    RedisSession session = live;
    if (session != null) {
      session.close();
    }
  }

  /** Sends a PING over one session each second. Owned by the timer's thread. */
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
        session.end("it has not answered for %d s".formatted(silent * PULSE_MILLIS / 1000));
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
