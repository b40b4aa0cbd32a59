package dev.tapeline.server.compose;

import dev.tapeline.core.Leases;
import dev.tapeline.core.Nodes;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.rest.NodeDirectory;
import dev.tapeline.server.nodes.NodeList;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Checks each second whether the sources of other nodes still run, because nothing else tells this
 * node's clients when such a source stops. Its thread is {@code feeds}.
 */
final class FeedWatch implements AutoCloseable {

  private static final long PERIOD_MILLIS = 1_000;

  /**
   * The looks in a row that must find no holder: a lease may change its holder between two of them.
   */
  private static final int MISSES = 2;

  /**
   * The looks between two readings of the list of nodes: the feeds change seldom, and the list
   * grows with the nodes.
   */
  private static final int LOOKS_A_LIST = 10;

  private static final Optional<List<Leases.Standing>> NOTHING = Optional.empty();

  private static final Logger log = LoggerFactory.getLogger(FeedWatch.class);

  private final NodeList nodes;
  private final Leases leases;
  private final Consumer<SourceStatus> statuses;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("feeds").daemon().factory());
  private final Map<String, JsonNode> feeds = new LinkedHashMap<>();
  private Map<String, Integer> misses = new HashMap<>();

  /** When each source was listed last, epoch ms. */
  private final Map<String, Long> listed = new HashMap<>();

  private long looks;
  private Set<String> own = Set.of();
  private volatile Map<String, String> problems = Map.of();
  private volatile Set<String> sources = Set.of();

  FeedWatch(NodeList nodes, Leases leases, Consumer<SourceStatus> statuses, InstantSource clock) {
    this.nodes = nodes;
    this.leases = leases;
    this.statuses = statuses;
    this.clock = clock;
  }

  /**
   * @param leases of the sources that this node runs or stands by for itself
   */
  void start(Set<String> leases) {
    own = Set.copyOf(leases);
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The names of all sources that some node runs or stands by for. */
  Set<String> sources() {
    return sources;
  }

  /** The sources that no node runs, and why; empty if there are none. */
  Optional<String> problem() {
    String all = String.join("; ", problems.values());
    return Optional.of(all).filter(text -> !text.isEmpty());
  }

  /** Why no node runs the source of this name; empty if a node does. */
  Optional<String> problem(String source) {
    return Optional.ofNullable(problems.get(source));
  }

  private void look() {
    if (looks++ % LOOKS_A_LIST == 0 || feeds.isEmpty() || !misses.isEmpty()) {
      readFeeds();
    }
    if (feeds.isEmpty()) {
      problems = Map.of();
    } else {
      lookAtLeases();
    }
  }

  private void lookAtLeases() {
    leases
        .look(List.copyOf(feeds.keySet()))
        .toCompletableFuture()
        .orTimeout(PERIOD_MILLIS, TimeUnit.MILLISECONDS)
        .handle((found, error) -> error == null ? Optional.of(found) : NOTHING)
        .join()
        .ifPresent(this::judge); // clients know already that Redis is away
  }

  /** Reads what other nodes report of their feeds. */
  private void readFeeds() {
    NodeDirectory.Listing answer = nodes.list();
    if (!answer.complete()) {
      return;
    }
    long now = clock.millis();
    feeds.keySet().removeIf(lease -> isForgotten(lease, now));
    listed.keySet().retainAll(feeds.keySet());
    sources =
        answer.nodes().stream()
            .flatMap(node -> node.path("sources").valueStream())
            .map(source -> source.path("source").asString(""))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    answer.nodes().stream()
        .flatMap(node -> node.path("sources").valueStream())
        .filter(feed -> feed.has("lease") && !own.contains(feed.path("lease").asString()))
        .forEach(feed -> note(feed, now));
  }

  /**
   * Whether a feed is forgotten: a vacant feed is kept for a while after its last node has left.
   */
  private boolean isForgotten(String lease, long now) {
    return !misses.containsKey(lease)
        || now - listed.getOrDefault(lease, 0L) > Nodes.KEPT.toMillis();
  }

  private void note(JsonNode feed, long now) {
    String lease = feed.path("lease").asString();
    boolean isFirst = !Objects.equals(listed.put(lease, now), now);
    feeds.merge(lease, feed, (before, next) -> isFirst ? next : telling(before, next));
  }

  /** The one of two reports on a feed that says why its node does not run it. */
  private static JsonNode telling(JsonNode one, JsonNode other) {
    return one.has("problem") ? one : other;
  }

  private void judge(List<Leases.Standing> standings) {
    Map<String, Integer> before = misses;
    misses = new HashMap<>();
    standings.stream()
        .filter(standing -> standing.holder() == null)
        .map(Leases.Standing::lease)
        .forEach(lease -> misses.put(lease, before.getOrDefault(lease, 0) + 1));
    feeds.forEach((lease, feed) -> tell(feed, misses.getOrDefault(lease, 0)));
    Map<String, String> vacant = new TreeMap<>();
    feeds.forEach((lease, feed) -> {
      if (misses.getOrDefault(lease, 0) >= MISSES) {
        vacant.put(feed.path("source").asString(""), told(feed));
      }
    });
    problems = vacant;
  }

  private static String told(JsonNode feed) {
    String source = feed.path("source").asString("");
    String why = feed.path("problem").asString("");
    return why.isEmpty()
        ? "nobody runs the feed " + source
        : "nobody runs the feed %s: %s".formatted(source, why);
  }

  private void tell(JsonNode feed, int missed) {
    String source = feed.path("source").asString("");
    if (missed == 0) {
      statuses.accept(
          new SourceStatus(source, feed.path("status").asString("live"), clock.millis()));
    } else if (missed >= MISSES) {
      if (missed == MISSES) {
        log.warn("{}", told(feed));
      }
      statuses.accept(new SourceStatus(source, "down", clock.millis(), "nobody runs it"));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
