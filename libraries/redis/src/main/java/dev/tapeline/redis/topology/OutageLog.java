package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes log lines about the links of one connector: one when the first link is lost, one for each
 * new reason why no connection can be made, and one when all links are back. Other lines have level
 * debug. Safe for all threads.
 */
final class OutageLog {

  private static final Logger log = LoggerFactory.getLogger(OutageLog.class);

  private final Set<RedisLink> down = new HashSet<>();
  private @Nullable String problem;
  private boolean connected;
  private long sinceNanos;

  synchronized void lost(RedisLink link, RedisAddress server, String why) {
    if (begin(link)) {
      log.warn("Lost Redis at {}: {}", server, why);
    } else {
      log.debug("Lost Redis at {} by another connection: {}", server, why);
    }
  }

  synchronized void failed(RedisLink link, String why) {
    boolean first = begin(link);
    if (first || !why.equals(problem)) {
      log.warn("No connection to Redis: {}", why);
    }
    problem = why;
  }

  private boolean begin(RedisLink link) {
    boolean first = down.isEmpty();
    if (down.add(link) && first) {
      sinceNanos = System.nanoTime();
    }
    return first;
  }

  synchronized void connected(RedisLink link, RedisAddress server) {
    boolean ends = down.remove(link) && down.isEmpty();
    if (ends) {
      problem = null;
      log.info("Connected to Redis at {} after {}", server, lasted());
    } else if (!connected) {
      log.info("Connected to Redis at {}", server);
    } else {
      log.debug("Connected to Redis at {} by another connection", server);
    }
    connected = true;
  }

  private String lasted() {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
    return "%d.%03d s".formatted(millis / 1_000, millis % 1_000);
  }

  /** Forgets a link that is closed, because it will not come back. */
  synchronized void closed(RedisLink link) {
    down.remove(link);
  }
}
