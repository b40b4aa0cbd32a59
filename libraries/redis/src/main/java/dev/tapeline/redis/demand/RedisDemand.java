package dev.tapeline.redis.demand;

import dev.tapeline.core.Demand;
import dev.tapeline.core.DemandTally;
import dev.tapeline.core.Selector;
import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.redis.lease.RedisLeases;
import dev.tapeline.redis.topology.RedisConnector;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demand of the nodes that share a Redis, over the connection of the leases. The node's own
 * wishes reach its listener at once, also while Redis is away; those of other nodes within about
 * 0.3 s. Its thread is {@code demand}.
 *
 * <p>A node that does not listen only writes: one call for all changes within a tick, and a sign of
 * life every three seconds. It writes nothing as long as it has never wanted anything.
 */
public final class RedisDemand implements Demand {

  private static final long TICK_MILLIS = 100;
  private static final int TICKS_A_LOOK = 2;
  private static final long FAREWELL_MILLIS = 500;
  private static final Logger log = LoggerFactory.getLogger(RedisDemand.class);

  private final String self;
  private final DemandTally tally;
  private final DemandCalls calls;
  private final OwnThread thread = new OwnThread("demand-redis");
  private final DemandTeller teller;
  private final DemandFollower follower;
  private volatile boolean listening;
  private volatile boolean told;
  private volatile boolean closed;
  private int ticks;

  /**
   * @param leases stay open until this is closed
   * @param node the name of this node; a part that is unique to this process is added
   * @param maxWishes how many wishes a node may have
   */
  public RedisDemand(RedisConnector connector, RedisLeases leases, String node, int maxWishes) {
    this(connector, leases, node, maxWishes, DemandPace.DEFAULT);
  }

  RedisDemand(
      RedisConnector connector, RedisLeases leases, String node, int maxWishes, DemandPace pace) {
    this.self = node + "/" + UUID.randomUUID().toString().substring(0, 13);
    this.tally = new DemandTally(maxWishes);
    this.calls = new DemandCalls(connector, leases.pipeline());
    this.teller = new DemandTeller(self, tally, calls, pace, thread);
    this.follower = new DemandFollower(self, tally, calls, pace, thread);
    var _ =
        thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (!closed) {
      teller.tick(System.nanoTime());
      if (listening && ticks++ % TICKS_A_LOOK == 0) {
        follower.look();
      }
    }
  }

  @Override
  public void want(Collection<? extends Selector> selectors) {
    if (!closed) {
      told = true;
      teller.note(tally.add(self, selectors));
    }
  }

  @Override
  public void release(Collection<? extends Selector> selectors) {
    teller.note(tally.remove(self, selectors));
  }

  @Override
  public void listen(Listener listener) {
    tally.listen(listener);
    listening = true;
  }

  @Override
  public int nodesWanting(Selector selector) {
    return tally.nodesWanting(selector);
  }

  @Override
  public Wishes own() {
    return tally.wishesOf(self);
  }

  @Override
  public Wishes all() {
    return tally.all();
  }

  @Override
  public long refused() {
    return tally.refused();
  }

  /** Waits only a moment for Redis, which may be away. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    tally.ignore();
    tally.removeNode(self);
    thread.shutdown();
    if (!told) {
      return;
    }
    try {
      String _ =
          calls
              .leave(self)
              .toCompletableFuture()
              .completeOnTimeout("", FAREWELL_MILLIS, TimeUnit.MILLISECONDS)
              .join();
    } catch (CompletionException e) {
      log.debug("can't withdraw the demand of {}", self, e);
    }
  }
}
