package dev.tapeline.access.audit;

import dev.tapeline.core.Excerpt;
import java.net.InetAddress;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of what clients were refused, one line each, under the logger {@code tapeline.audit}. The
 * lines of a second are limited, so that no client can fill the disk; further refusals are only
 * counted. May be used from any thread.
 */
public final class Audit {

  private static final Logger log = LoggerFactory.getLogger("tapeline.audit");
  private static final int LINES_PER_SECOND = 50;
  private static final int BURST = 200;
  private static final int LONGEST = 300;

  private final TokenBucket lines = new TokenBucket(LINES_PER_SECOND, BURST, System.nanoTime());
  private final LongAdder refusals = new LongAdder();
  private long left;

  /** The number of refusals. */
  public LongAdder refusals() {
    return refusals;
  }

  /** Logs a refusal. */
  public void refused(String from, String what) {
    refusals.increment();
    write(from, what);
  }

  /** Logs a rejection of something permitted, where the client is not told the reason. */
  void untold(String from, String what) {
    write(from, what);
  }

  private void write(String from, String what) {
    long omitted = omitted();
    if (omitted >= 0) {
      log.info(
          "refused {}: {}{}",
          from,
          printable(what),
          omitted == 0 ? "" : " [" + omitted + " more were not written]");
    }
  }

  /** The log of one client's refusals. */
  public OfClient of(InetAddress client) {
    return new OfClient(this, client);
  }

  /** The log of one client's refusals, while it is connected. */
  public record OfClient(Audit audit, InetAddress client) {

    public void refused(String what) {
      audit.refused(client.getHostAddress(), what);
    }

    /** Logs a rejection that the client's protocol has no message for. */
    public void untold(String what) {
      audit.untold(client.getHostAddress(), what);
    }
  }

  /** Logs an act of an administrator, without a limit. */
  public void did(String who, String what) {
    log.info("{}: {}", printable(who), printable(what));
  }

  /** How many lines were left out before this one; -1 if this one is left out too. */
  private synchronized long omitted() {
    if (!lines.take(System.nanoTime())) {
      left++;
      return -1;
    }
    long before = left;
    left = 0;
    return before;
  }

  /** The text on one line, whatever a client has put into it. */
  public static String printable(String text) {
    String line = text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    return Excerpt.of(line, LONGEST);
  }
}
