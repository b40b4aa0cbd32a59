package dev.tapeline.redis;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.DurableRules.Plain;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
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
 * <p>It subscribes over connections of its own, with two more than the bus has. As what is logged
 * under {@link Plain#ADOPT} is never published plainly, it hears nothing that it has caused.
 */
public final class RedisAdopter implements AutoCloseable {

  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(3);
  static final int MAX_WAITING = 1 << 14;
  private static final int MAX_BATCH = 1 << 10;
  private static final Logger log = LoggerFactory.getLogger(RedisAdopter.class);

  private final RedisBus plain;
  private final RedisBus bus;
  private final RedisLeases leases;
  private final DurableRules rules;
  private final String node;
  private final List<Selector> selectors;
  private final LongAdder adopted = new LongAdder();
  private final LongAdder ignored = new LongAdder();

  // Guarded by this.
  private final Post[] posts = new Post[Partitions.COUNT];
  private int confirmed;
  private boolean closed;

  /**
   * @param connector stays open when the adopter is closed
   * @param node the name of this node
   */
  public RedisAdopter(
      RedisConnector connector, RedisBus bus, RedisLeases leases, DurableRules rules, String node) {
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
    for (int i = 0; i < posts.length; i++) {
      posts[i] = new Post(i);
    }
  }

  /** Begins as soon as Redis is there. */
  public void start() {
    if (!selectors.isEmpty()) {
      plain.start(new Ears());
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

  /** For how many partitions this node adopts. */
  public synchronized int partitions() {
    int held = 0;
    for (Post post : posts) {
      held += post.fence == null ? 0 : 1;
    }
    return held;
  }

  /** The leases that this node adopts by. */
  public synchronized List<String> leases() {
    return Stream.of(posts).filter(post -> post.fence != null).map(Post::lease).toList();
  }

  private synchronized void confirmed() {
    if (++confirmed == selectors.size() && !closed) {
      for (Post post : posts) {
        post.claim();
      }
    }
  }

  private synchronized void deaf() {
    confirmed = 0;
    for (Post post : posts) {
      post.giveUp();
    }
  }

  private synchronized void heard(Publication publication) {
    boolean adopts =
        rules
            .ruleFor(publication.channel())
            .filter(rule -> rule.plain() == Plain.ADOPT)
            .isPresent();
    if (adopts) {
      posts[Partitions.of(publication.channel())].take(publication);
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

  /** The adoption of one partition. Guarded by the adopter. */
  private final class Post {

    private final int partition;
    private final List<Append> waiting = new ArrayList<>();
    private Leases.@Nullable Claim claim;
    private @Nullable Term term;
    private @Nullable Fence fence;
    private boolean sending;

    private Post(int partition) {
      this.partition = partition;
    }

    private String lease() {
      return "adopter:" + partition;
    }

    private void claim() {
      Term newest = new Term();
      term = newest;
      claim = leases.claim(lease(), node, TIME_TO_LIVE, newest, List.of(partition));
    }

    private void giveUp() {
      fence = null;
      term = null;
      waiting.clear();
      if (claim != null) {
        claim.close();
        claim = null;
      }
    }

    private void takeUpAgain() {
      giveUp();
      if (confirmed == selectors.size() && !closed) {
        claim();
      }
    }

    private void take(Publication publication) {
      Fence proof = fence;
      if (proof == null) {
        ignored.increment();
      } else if (waiting.size() >= MAX_WAITING) {
        log.warn("Partition {} gets more plain messages than can be adopted", partition);
        takeUpAgain();
      } else {
        waiting.add(Append.of(publication).withFence(proof));
        send();
      }
    }

    /** One call at a time: what comes meanwhile goes together with the next. */
    private void send() {
      if (sending || waiting.isEmpty()) {
        return;
      }
      sending = true;
      List<Append> head = waiting.subList(0, Math.min(MAX_BATCH, waiting.size()));
      List<Append> batch = List.copyOf(head);
      head.clear();
      Fence proof = fence;
      var _ = bus.log().append(batch).whenComplete((results, error) -> sent(proof, results, error));
    }

    private void sent(
        @Nullable Fence proof, @Nullable List<Append.Result> results, @Nullable Throwable error) {
      synchronized (RedisAdopter.this) {
        sending = false;
        if (results != null
            && results.stream().allMatch(result -> result instanceof Append.Result.Logged)) {
          adopted.add(results.size());
        } else if (proof != null && proof.equals(fence)) {
          log.warn(
              "Partition {}: plain messages could not be adopted: {}",
              partition,
              error == null ? "another node adopts" : error.getMessage());
          takeUpAgain();
        }
        send();
      }
    }

    /** What becomes of one claim. */
    private final class Term implements Leases.Listener {

      @Override
      public void onHeld(Fence newest) {
        synchronized (RedisAdopter.this) {
          if (this == term) {
            fence = newest;
            waiting.clear();
          }
        }
      }

      @Override
      public void onLost() {
        synchronized (RedisAdopter.this) {
          if (this == term) {
            fence = null;
            waiting.clear();
          }
        }
      }
    }
  }
}
