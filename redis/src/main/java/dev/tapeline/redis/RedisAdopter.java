package dev.tapeline.redis;

import dev.tapeline.core.Append;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
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
import java.util.concurrent.TimeUnit;
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
 * <p>What it adopts begins where its token was stamped into the partition: Redis marks that place
 * among the plain messages ({@link #MARKS}). So what was published before is left to the former
 * holder, and what comes behind it is kept until the lease is told to be held. In a cluster, whose
 * nodes pass messages on to each other, the place is known up to the time that takes.
 *
 * <p>It subscribes over connections of its own, with two more than the bus has. As what is logged
 * under {@link Plain#ADOPT} is never published plainly, it hears nothing that it has caused.
 */
public final class RedisAdopter implements AutoCloseable {

  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(3);
  static final int MAX_WAITING = 1 << 14;

  /** The plain channel on which a newly stamped token is told, as {@code <partition> <token>}. */
  static final String MARKS = "tapeline:adopters";

  private static final long MARK_MILLIS = 2_000;
  private static final int MAX_BATCH = 1 << 10;
  private static final Logger log = LoggerFactory.getLogger(RedisAdopter.class);

  private final RedisConnector connector;
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
    for (int i = 0; i < posts.length; i++) {
      posts[i] = new Post(i);
    }
  }

  /** Begins as soon as Redis is there. */
  public void start() {
    if (!selectors.isEmpty()) {
      plain.start(new Ears());
      plain.subscribe(Channel.of(MARKS));
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
      held += post.adopts() ? 1 : 0;
    }
    return held;
  }

  /** The leases that this node adopts by. */
  public synchronized List<String> leases() {
    return Stream.of(posts).filter(Post::adopts).map(Post::lease).toList();
  }

  private synchronized void confirmed() {
    if (++confirmed == subscriptions() && !closed) {
      for (Post post : posts) {
        post.claim();
      }
    }
  }

  /** Those of plain messages and that of the marks. */
  private int subscriptions() {
    return selectors.size() + 1;
  }

  private synchronized void deaf() {
    confirmed = 0;
    for (Post post : posts) {
      post.giveUp();
    }
  }

  private synchronized void heard(Publication publication) {
    if (publication.channel().equals(MARKS)) {
      String[] mark = publication.text().split(" ", 2);
      posts[Integer.parseInt(mark[0])].mark(Long.parseLong(mark[1]));
      return;
    }
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
    private final List<Publication> waiting = new ArrayList<>();
    private Leases.@Nullable Claim claim;
    private @Nullable Term term;
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

    private boolean adopts() {
      return term != null && term.proof() != null;
    }

    private void giveUp() {
      term = null;
      waiting.clear();
      if (claim != null) {
        claim.close();
        claim = null;
      }
    }

    private void takeUpAgain(String why) {
      log.warn("Partition {}: {}; its adoption begins anew", partition, why);
      giveUp();
      if (confirmed == subscriptions() && !closed) {
        claim();
      }
    }

    private void mark(long token) {
      if (term != null) {
        term.mark(token);
      }
    }

    private void take(Publication publication) {
      if (term == null || !term.marked) {
        ignored.increment();
      } else if (waiting.size() >= MAX_WAITING) {
        takeUpAgain("it gets more plain messages than can be adopted");
      } else {
        waiting.add(publication);
        send();
      }
    }

    /** One call at a time: what comes meanwhile goes together with the next. */
    private void send() {
      Term sender = term;
      Fence proof = sender == null ? null : sender.proof();
      if (sending || waiting.isEmpty() || sender == null || proof == null) {
        return;
      }
      sending = true;
      List<Publication> head = waiting.subList(0, Math.min(MAX_BATCH, waiting.size()));
      List<Append> batch = head.stream().map(one -> Append.of(one).withFence(proof)).toList();
      head.clear();
      var _ =
          bus.log().append(batch).whenComplete((results, error) -> sent(sender, results, error));
    }

    private void sent(
        Term sender, @Nullable List<Append.Result> results, @Nullable Throwable error) {
      synchronized (RedisAdopter.this) {
        sending = false;
        if (results != null
            && results.stream().allMatch(result -> result instanceof Append.Result.Logged)) {
          adopted.add(results.size());
        } else if (sender == term) {
          takeUpAgain(error == null ? "another node adopts" : String.valueOf(error.getMessage()));
        }
        send();
      }
    }

    /** What becomes of one claim. Guarded by the adopter. */
    private final class Term implements Leases.Listener {

      private @Nullable Fence fence;
      private boolean marked;
      private boolean held;

      /** What its calls carry; null while it may make none. */
      private @Nullable Fence proof() {
        return held && marked ? fence : null;
      }

      private void mark(long token) {
        marked |= fence != null && fence.token() == token;
      }

      @Override
      public void onGranted(Fence granted) {
        synchronized (RedisAdopter.this) {
          if (this == term && !granted.equals(fence)) {
            begin(granted);
          }
        }
      }

      @Override
      public void onHeld(Fence granted) {
        synchronized (RedisAdopter.this) {
          if (this == term) {
            held = true;
            send();
            awaitMark(granted);
          }
        }
      }

      @Override
      public void onLost() {
        synchronized (RedisAdopter.this) {
          if (this == term) {
            begin(null);
          }
        }
      }

      private void begin(@Nullable Fence granted) {
        fence = granted;
        marked = false;
        held = false;
        waiting.clear();
      }

      /** A cluster may lose the mark. */
      private void awaitMark(Fence granted) {
        var _ =
            connector
                .timer()
                .schedule(() -> checkMark(granted), MARK_MILLIS, TimeUnit.MILLISECONDS);
      }

      private void checkMark(Fence granted) {
        synchronized (RedisAdopter.this) {
          if (this == term && granted.equals(fence) && !marked) {
            takeUpAgain("the mark of its token did not come");
          }
        }
      }
    }
  }
}
