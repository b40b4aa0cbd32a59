package dev.tapeline.redis.lease;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.DurableRules.Plain;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.log.Partitions;
import dev.tapeline.redis.topology.RedisConnector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts messages that others publish plainly on durable channels into the logs of these channels.
 * For each partition one node adopts, by a lease whose fence is in each call. When a node may have
 * missed messages, it gives up its leases and claims them again. The channels into which plain
 * messages were put begin another epoch with the next token.
 *
 * <p>Adoption begins at the place where the token was stamped into the partition. Redis marks that
 * place among the plain messages ({@link Partitions#ADOPTER_MARKS}). Earlier messages belong to the
 * former adopter; later ones are kept until the lease is reported as held. The nodes of a cluster
 * forward messages to each other, so there the place is known only up to the time that this takes.
 *
 * <p>It subscribes over connections of its own, two more than those of the bus. Publications in a
 * log with {@link Plain#ADOPT} are never published plainly, so it does not hear what it has
 * adopted.
 */
public final class RedisAdopter implements AutoCloseable {

  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(3);

  private static final long TELL_NANOS = 10_000_000_000L;
  private static final Logger log = LoggerFactory.getLogger(RedisAdopter.class);
  private static final Pattern MARK = Pattern.compile("([0-9]{1,2}) ([0-9]{1,18})");

  private final RedisConnector connector;
  private final RedisBus plain;
  private final RedisBus bus;
  private final RedisLeases leases;
  private final DurableRules rules;
  private final String node;
  private final List<Selector> selectors;
  private final LongAdder adopted = new LongAdder();
  private final LongAdder ignored = new LongAdder();
  private final LongAdder lost = new LongAdder();

  // Guarded by this.
  private final PartitionAdopter[] adopters = new PartitionAdopter[Partitions.COUNT];
  private int confirmed;
  private int untold;
  private long toldNanos;
  private boolean closed;

  /**
   * @param connector stays open when the adopter is closed
   * @param node the name of this node
   */
  public RedisAdopter(
      RedisConnector connector, RedisBus bus, RedisLeases leases, DurableRules rules, String node) {
    this.connector = connector;
    this.plain = new RedisBus(connector);
    this.bus = bus;
    this.leases = leases;
    this.rules = rules;
    this.node = node;
    this.selectors =
        rules.rules().stream()
            .filter(rule -> rule.plain() == Plain.ADOPT)
            .map(DurableRules.Rule::selector)
            .distinct()
            .toList();
    for (int i = 0; i < adopters.length; i++) {
      adopters[i] = new PartitionAdopter(this, i);
    }
  }

  /** Begins to adopt as soon as Redis is there. */
  public void start() {
    if (!selectors.isEmpty()) {
      plain.start(new Ears());
      plain.subscribe(Channel.of(Partitions.ADOPTER_MARKS));
      selectors.forEach(plain::subscribe);
    }
  }

  /** The number of plain messages that this node put into a log. */
  public long adopted() {
    return adopted.sum();
  }

  /** The number of plain messages that this node dropped or left to another adopter. */
  public long ignored() {
    return ignored.sum();
  }

  /** The number of plain messages that no log got, because Redis refused writes. */
  public long lost() {
    return lost.sum();
  }

  /** The number of partitions for which this node adopts. */
  public synchronized int partitions() {
    int held = 0;
    for (PartitionAdopter adopter : adopters) {
      held += adopter.isUnderWay() ? 1 : 0;
    }
    return held;
  }

  /** The leases by which this node adopts. */
  public synchronized List<String> leases() {
    return Stream.of(adopters)
        .filter(PartitionAdopter::isUnderWay)
        .map(PartitionAdopter::lease)
        .toList();
  }

  private synchronized void confirmed() {
    confirmed++;
    if (isListening()) {
      for (PartitionAdopter adopter : adopters) {
        adopter.claim();
      }
    }
  }

  private synchronized void deaf() {
    confirmed = 0;
    for (PartitionAdopter adopter : adopters) {
      adopter.giveUp();
    }
  }

  private synchronized void heard(Publication publication) {
    if (publication.channel().equals(Partitions.ADOPTER_MARKS)) {
      mark(publication.text());
      return;
    }
    boolean adopts =
        rules
            .ruleFor(publication.channel())
            .filter(rule -> rule.plain() == Plain.ADOPT)
            .isPresent();
    if (adopts) {
      adopters[Partitions.of(publication.channel())].take(publication);
    } else {
      ignored.increment();
    }
  }

  /** Handles a mark. Anyone may publish on that channel, so other messages are ignored. */
  private void mark(String text) {
    Matcher mark = MARK.matcher(text);
    int partition = mark.matches() ? Integer.parseInt(mark.group(1)) : -1;
    if (partition >= 0 && partition < adopters.length) {
      adopters[partition].mark(Long.parseLong(mark.group(2)));
    } else {
      ignored.increment();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    deaf();
    plain.close();
  }

  /** Hears the plain channels. */
  private final class Ears implements Bus.Listener {

    @Override
    public void onSubscribed(Selector selector, List<Publication> last) {
      confirmed();
    }

    @Override
    public void onPublication(Publication publication) {
      heard(publication);
    }

    @Override
    public void onPosition(String channel, Position position, @Nullable Publication newest) {}

    @Override
    public void onState(Bus.State state) {
      if (state == Bus.State.DOWN) {
        deaf();
      }
    }
  }

  /** Whether all plain messages are heard, as adoption requires. Called under the lock. */
  boolean isListening() {
    return confirmed == selectors.size() + 1 && !closed; // and the marks
  }

  /** Whether a mark follows all messages that were published before it, and precedes all others. */
  boolean hearsInOrder() {
    return connector.topology().ordersMessages();
  }

  Leases.Claim claim(int partition, Leases.Listener listener) {
    return leases.claim(lease(partition), node, TIME_TO_LIVE, listener, List.of(partition));
  }

  static String lease(int partition) {
    return "adopter:" + partition;
  }

  CompletionStage<List<Append.Result>> append(List<Append> batch) {
    return bus.log().append(batch);
  }

  void later(Runnable task, long millis) {
    var _ = connector.timer().schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  void countAdopted(int count) {
    adopted.add(count);
  }

  /**
   * Logs that an adoption begins anew, at most once in some seconds, because often many partitions
   * are affected together.
   */
  void tellAnew(int partition, String why) {
    long now = System.nanoTime();
    if (toldNanos != 0 && now - toldNanos < TELL_NANOS) {
      untold++;
      return;
    }
    log.warn(
        "Partition {}: {}; its adoption starts again ({} others since the last such line)",
        partition,
        why,
        untold);
    toldNanos = now;
    untold = 0;
  }

  void countLost(int count) {
    lost.add(count);
  }

  /**
   * Counts a message that this node has no right to adopt. Another node adopts it, unless Redis
   * refuses writes.
   */
  void countIgnored() {
    (connector.refusals().present().isPresent() ? lost : ignored).increment();
  }
}
