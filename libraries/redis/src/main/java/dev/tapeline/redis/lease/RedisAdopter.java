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
 * Puts what others publish plainly on durable channels into their logs: for each partition one node
 * does, by a lease whose fence each call carries. Whenever this node may have missed something, it
 * gives its leases up and claims them anew: with the next token, the channels into which plain
 * messages were put begin another epoch.
 *
 * <p>What it adopts begins where its token was stamped into the partition: Redis marks that place
 * among the plain messages ({@link Partitions#ADOPTER_MARKS}). So what was published before is left
 * to the former holder, and what comes behind it is kept until the lease is told to be held. In a
 * cluster, whose nodes pass messages on to each other, the place is known up to the time that
 * takes.
 *
 * <p>It subscribes over connections of its own, with two more than the bus has. As what is logged
 * under {@link Plain#ADOPT} is never published plainly, it hears nothing that it has caused.
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

  /** Begins as soon as Redis is there. */
  public void start() {
    if (!selectors.isEmpty()) {
      plain.start(new Ears());
      plain.subscribe(Channel.of(Partitions.ADOPTER_MARKS));
      selectors.forEach(plain::subscribe);
    }
  }

  /** Plain messages that were put into a log by this node. */
  public long adopted() {
    return adopted.sum();
  }

  /** Plain messages that were heard and left to the node that has the partition, or dropped. */
  public long ignored() {
    return ignored.sum();
  }

  /** Plain messages that no log got, as Redis took no writes. */
  public long lost() {
    return lost.sum();
  }

  /** For how many partitions this node adopts. */
  public synchronized int partitions() {
    int held = 0;
    for (PartitionAdopter adopter : adopters) {
      held += adopter.isUnderWay() ? 1 : 0;
    }
    return held;
  }

  /** The leases that this node adopts by. */
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

  /** Anyone may publish there: what is no mark is ignored. */
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

  /** What is heard on the plain channels. */
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

  /** Whether all plain messages are heard, so that adopting makes sense. Asked under the lock. */
  boolean isListening() {
    return confirmed == selectors.size() + 1 && !closed; // and the marks
  }

  /** Whether a mark comes behind all that was published before it, and in front of all others. */
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

  /** At most a line in some seconds: what befalls one partition often befalls all. */
  void tellAnew(int partition, String why) {
    long now = System.nanoTime();
    if (toldNanos != 0 && now - toldNanos < TELL_NANOS) {
      untold++;
      return;
    }
    log.warn(
        "Partition {}: {}; its adoption begins anew, as {} others did since the last such line",
        partition,
        why,
        untold);
    toldNanos = now;
    untold = 0;
  }

  void countLost(int count) {
    lost.add(count);
  }

  /** One that this node has no right to adopt: another one has, unless Redis takes no writes. */
  void countIgnored() {
    (connector.refusals().present().isPresent() ? lost : ignored).increment();
  }
}
