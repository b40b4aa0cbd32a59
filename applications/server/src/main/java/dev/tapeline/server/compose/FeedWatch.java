package dev.tapeline.server.compose;

import dev.tapeline.core.Leases;
import dev.tapeline.core.Nodes;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.core.thread.OwnThread;
import dev.tapeline.plant.foreign.BusFeed;
import dev.tapeline.rest.NodeDirectory;
import dev.tapeline.server.nodes.NodeList;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Checks each second which sources of other nodes run, and what the nodes that run them report,
 * because nothing else tells this node's clients when such a source ends, is down or stops. Its
 * thread is {@code feeds}.
 */
final class FeedWatch implements AutoCloseable {

  private static final long PERIOD_MILLIS = 1_000;

  /**
   * The looks in a row that must find no holder: a lease may change its holder between two of them.
   */
  private static final int MISSES = 2;

  /**
   * The list of nodes is read once in as many looks as it has tens of nodes, so that what a look
   * reads does not grow with the nodes; at least once in this many looks.
   */
  private static final int MOST_LOOKS_A_LIST = 10;

  private static final int NODES_A_LOOK = 10;

  private static final Optional<List<Leases.Standing>> NOTHING = Optional.empty();

  private static final Logger log = LoggerFactory.getLogger(FeedWatch.class);

  private final NodeList nodes;
  private final Leases leases;
  private final Consumer<SourceStatus> statuses;
  private final InstantSource clock;
  private final ScheduledExecutorService thread = new OwnThread("feeds");

  /** What nodes report of each source, by its lease. */
  private final Map<String, List<Reported>> feeds = new LinkedHashMap<>();

  private Map<String, Integer> misses = new HashMap<>();

  /** When each source was listed last, epoch ms. */
  private final Map<String, Long> listed = new HashMap<>();

  private int looksToList;
  private Set<String> own = Set.of();
  private BiConsumer<Leases.Standing, @Nullable SourceStatus> ownNews = (_, _) -> {};
  private volatile Map<String, String> problems = Map.of();
  private volatile Map<String, String> silences = Map.of();
  private volatile Set<String> sources = Set.of();
  private volatile Set<String> askable = Set.of();

  /** What one node reports of a source. */
  private record Reported(String node, JsonNode source) {

    private SourceStatus status(long now) {
      return new SourceStatus(
          source.path("source").asString(""),
          source.path("status").asString("live"),
          now,
          source.path("reason").asStringOpt().orElse(null));
    }
  }

  FeedWatch(NodeList nodes, Leases leases, Consumer<SourceStatus> statuses, InstantSource clock) {
    this.nodes = nodes;
    this.leases = leases;
    this.statuses = statuses;
    this.clock = clock;
  }

  /**
   * @param leases of the sources that this node runs or stands by for itself
   * @param news is told who has them, and the status that the holder reports; null if it has
   *     reported none
   */
  void start(Set<String> leases, BiConsumer<Leases.Standing, @Nullable SourceStatus> news) {
    own = Set.copyOf(leases);
    ownNews = news;
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The names of all sources that some node runs or stands by for. */
  Set<String> sources() {
    return sources;
  }

  /**
   * Whether the source is, as nodes report it, a connected vendor, whose prices can be asked for.
   */
  boolean isVendor(String source) {
    return askable.contains(source);
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

  /** The sources that a node runs and nothing comes from, by name, and why. */
  Map<String, String> silences() {
    return silences;
  }

  private void look() {
    if (--looksToList <= 0 || feeds.isEmpty() || !misses.isEmpty()) {
      readFeeds();
    }
    if (feeds.isEmpty()) {
      problems = Map.of();
      silences = Map.of();
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
    looksToList = Math.clamp(answer.nodes().size() / NODES_A_LOOK, 1, MOST_LOOKS_A_LIST);
    long now = clock.millis();
    feeds.keySet().removeIf(lease -> isForgotten(lease, now));
    listed.keySet().retainAll(feeds.keySet());
    sources = names(answer.nodes(), _ -> true);
    askable = names(answer.nodes(), FeedWatch::isConnected);
    for (JsonNode node : answer.nodes()) {
      for (JsonNode source : node.path("sources")) {
        if (source.has("lease")) {
          note(new Reported(node.path("node").asString(""), source), now);
        }
      }
    }
  }

  private static Set<String> names(List<? extends JsonNode> nodes, Predicate<JsonNode> wanted) {
    return nodes.stream()
        .flatMap(node -> node.path("sources").valueStream())
        .filter(wanted)
        .map(source -> source.path("source").asString(""))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isConnected(JsonNode source) {
    String status = source.path("status").asString("");
    return (status.equals("live") || status.equals("closed"))
        && !source.path("state").asString("").equals("ended")
        && !source.path("source").asString("").equals(BusFeed.SOURCE);
  }

  /** Whether a feed is forgotten: it is kept for a while after its last node has left. */
  private boolean isForgotten(String lease, long now) {
    return now - listed.getOrDefault(lease, 0L) > Nodes.KEPT.toMillis();
  }

  private void note(Reported report, long now) {
    String lease = report.source().path("lease").asString();
    boolean isFirst = !Objects.equals(listed.put(lease, now), now);
    List<Reported> all = isFirst ? new ArrayList<>() : feeds.getOrDefault(lease, new ArrayList<>());
    all.add(report);
    feeds.put(lease, all);
  }

  private void judge(List<Leases.Standing> standings) {
    Map<String, Integer> before = misses;
    Map<String, Integer> missed = new HashMap<>();
    Map<String, String> vacant = new TreeMap<>();
    Map<String, String> silent = new TreeMap<>();
    for (Leases.Standing standing : standings) {
      String lease = standing.lease();
      List<Reported> reports = feeds.getOrDefault(lease, List.of());
      Optional<Reported> holder = holder(standing, reports);
      holder.ifPresent(report -> noteSilence(report.source(), silent));
      if (own.contains(lease)) {
        ownNews.accept(standing, holder.map(this::status).orElse(null));
      } else if (standing.holder() != null) {
        holder.map(this::status).ifPresent(statuses);
      } else {
        missed.put(lease, before.getOrDefault(lease, 0) + 1);
        tellVacant(reports, missed.getOrDefault(lease, 0), vacant);
      }
    }
    misses = missed;
    problems = vacant;
    silences = silent;
  }

  private static Optional<Reported> holder(Leases.Standing standing, List<Reported> reports) {
    return reports.stream().filter(one -> one.node().equals(standing.holder())).findFirst();
  }

  private static void noteSilence(JsonNode feed, Map<String, String> silent) {
    String source = feed.path("source").asString("");
    if (feed.path("state").asString("").equals("ended")) {
      silent.put(source, "the feed %s has come to its end".formatted(source));
    } else if (feed.path("status").asString("").equals("down")) {
      silent.put(source, "the feed %s is down".formatted(source));
    }
  }

  private SourceStatus status(Reported holder) {
    return holder.status(clock.millis());
  }

  private void tellVacant(List<Reported> reports, int missed, Map<String, String> vacant) {
    if (missed < MISSES || reports.isEmpty()) {
      return;
    }
    JsonNode feed = telling(reports);
    String source = feed.path("source").asString("");
    String why = told(source, feed.path("problem").asString(""));
    vacant.put(source, why);
    if (missed == MISSES) {
      log.warn("{}", why);
    }
    statuses.accept(new SourceStatus(source, "down", clock.millis(), "nobody runs it"));
  }

  /** Of the reports on a source, one that says why its node does not run it, if there is one. */
  private static JsonNode telling(List<Reported> reports) {
    return reports.stream()
        .map(Reported::source)
        .filter(source -> source.has("problem"))
        .findFirst()
        .orElse(reports.getLast().source());
  }

  private static String told(String source, String why) {
    return why.isEmpty()
        ? "nobody runs the feed " + source
        : "nobody runs the feed %s: %s".formatted(source, why);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
