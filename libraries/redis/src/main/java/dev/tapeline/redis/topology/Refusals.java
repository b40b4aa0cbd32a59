package dev.tapeline.redis.topology;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that Redis answers but refuses writes. The state begins with the first refusal, and ends
 * when there was no refusal for {@link #QUIET_MILLIS}. Each node writes its report once a second,
 * so the end is noticed too. The log gets one line for the beginning and one for the end. Safe for
 * all threads.
 */
public final class Refusals {

  static final long QUIET_MILLIS = 3_000;

  /** What Redis says first, of a command or of a script. */
  private static final Pattern SAID =
      Pattern.compile("(?:ERR Error running script .*: -?)?([A-Z]+) .*", Pattern.DOTALL);

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private final ScheduledExecutorService timer;
  private final List<Consumer<Optional<Reason>>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Reason present;

  // Guarded by this.
  private long lastNanos;
  private long count;
  private long total;

  Refusals(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Why a server refuses the writes of all clients. */
  public enum Reason {
    FULL(
        "OOM",
        "Redis is full",
        "raise maxmemory, or set maxmemory-policy volatile-ttl so that it makes room"),
    DISK(
        "MISCONF",
        "Redis can't save to its disk",
        "make room on its disk, or set stop-writes-on-bgsave-error no"),
    REPLICAS(
        "NOREPLICAS",
        "Redis has too few replicas",
        "start its replicas, or lower min-replicas-to-write");

    private final String code;
    private final String words;
    private final String remedy;

    Reason(String code, String words, String remedy) {
      this.code = code;
      this.words = words;
      this.remedy = remedy;
    }

    /** The reason, as any user may read it. */
    public String words() {
      return words + ": it takes no writes";
    }

    /** The reason and its remedy, as an operator needs them. */
    public String advice() {
      return "%s (%s): %s".formatted(words(), code, remedy);
    }
  }

  /** Whether the error shows that the server is a replica, which a session must leave. */
  public static boolean isOfReplica(String said) {
    return "READONLY".equals(code(said));
  }

  /** Whether the error shows that the server refuses the writes of all clients. */
  public static boolean isOfServer(String said) {
    return reason(said) != null;
  }

  /** The reason for any user to read, if the server refuses the writes of all clients. */
  static Optional<String> wordsFor(String said) {
    return Optional.ofNullable(reason(said)).map(Reason::words);
  }

  private static @Nullable Reason reason(String said) {
    String code = code(said);
    for (Reason reason : Reason.values()) {
      if (reason.code.equals(code)) {
        return reason;
      }
    }
    return null;
  }

  private static String code(String said) {
    Matcher matcher = SAID.matcher(said);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /** Why Redis refuses writes now; empty while it takes them. */
  public Optional<Reason> present() {
    return Optional.ofNullable(present);
  }

  /** The number of writes that were ever refused for such reasons. */
  public synchronized long total() {
    return total;
  }

  /** Registers a listener that is called when the state begins, changes its reason, or ends. */
  public void onChange(Consumer<Optional<Reason>> listener) {
    listeners.add(listener);
  }

  /** Records an error that Redis has answered. */
  void note(String said) {
    Reason reason = reason(said);
    if (reason != null && record(reason)) {
      log.warn("{}; further refusals are only counted", reason.advice());
      tell();
    }
  }

  private synchronized boolean record(Reason reason) {
    lastNanos = System.nanoTime();
    total++;
    count++;
    Reason before = present;
    if (before == null) {
      count = 1;
      lookLater(QUIET_MILLIS);
    }
    present = reason;
    return before != reason;
  }

  private void lookLater(long millis) {
    var _ = timer.schedule(this::look, millis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (endIfQuiet()) {
      tell();
    }
  }

  private synchronized boolean endIfQuiet() {
    long quiet = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastNanos);
    if (quiet < QUIET_MILLIS) {
      lookLater(QUIET_MILLIS - quiet);
      return false;
    }
    present = null;
    log.warn("Redis takes writes again; it refused {}", count);
    return true;
  }

  private void tell() {
    Optional<Reason> now = present();
    listeners.forEach(listener -> listener.accept(now));
  }
}
