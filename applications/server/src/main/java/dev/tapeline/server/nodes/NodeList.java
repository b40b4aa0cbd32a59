package dev.tapeline.server.nodes;

import dev.tapeline.core.Leases;
import dev.tapeline.core.Nodes;
import dev.tapeline.plant.supply.SourceReport;
import dev.tapeline.rest.NodeDirectory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All nodes and leases, as one node sees them: its own present state, and the last reports of the
 * others. While Redis can't be asked, the list has only the node itself.
 */
public final class NodeList implements NodeDirectory {

  /**
   * The silence after which a node counts as gone. So does a node whose report is from the future
   * because the clock of Redis was set back: a live node reports again within a second.
   */
  private static final long GONE_MILLIS = 5_000;

  private static final long PATIENCE_MILLIS = 2_000;
  private static final Logger log = LoggerFactory.getLogger(NodeList.class);

  private final Nodes nodes;
  private final Leases leases;
  private final String node;
  private final Supplier<NodeReport> self;
  private final InstantSource clock;
  private final JsonMapper json = new JsonMapper();

  public NodeList(
      Nodes nodes, Leases leases, String node, Supplier<NodeReport> self, InstantSource clock) {
    this.nodes = nodes;
    this.leases = leases;
    this.node = node;
    this.self = self;
    this.clock = clock;
  }

  @Override
  public Optional<String> feedState() {
    return Optional.ofNullable(self.get().feed()).map(SourceReport::state);
  }

  @Override
  public Listing list() {
    try {
      return nodes
          .list()
          .thenCompose(this::withLeases)
          .toCompletableFuture()
          .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      long now = clock.millis();
      return new Listing(now, false, problem(e), List.of(itself(now)), List.of());
    }
  }

  private static String problem(CompletionException error) {
    String said = error.getCause() == null ? null : error.getCause().getMessage();
    return said == null ? "no answer in time" : said;
  }

  private CompletionStage<Listing> withLeases(Nodes.Listing listing) {
    List<ObjectNode> all = new ArrayList<>();
    for (Nodes.Told told : listing.nodes()) {
      if (!told.node().equals(node)) {
        addTo(all, told, listing.millis());
      }
    }
    all.add(itself(listing.millis()));
    all.sort((a, b) -> a.path("node").asString().compareTo(b.path("node").asString()));
    List<String> names = List.copyOf(leasesOf(all));
    CompletionStage<List<Leases.Standing>> standing =
        names.isEmpty() ? CompletableFuture.completedFuture(List.of()) : leases.look(names);
    return standing.thenApply(found -> new Listing(listing.millis(), true, "", all, found));
  }

  private void addTo(List<ObjectNode> all, Nodes.Told told, long now) {
    try {
      if (json.readTree(told.report()) instanceof ObjectNode report) {
        String state = Math.abs(now - told.millis()) > GONE_MILLIS ? "gone" : "up";
        all.add(entry(told.node(), state, false, told.millis(), report));
      }
    } catch (JacksonException e) {
      log.debug("the report of {} can't be read", told.node(), e);
    }
  }

  private ObjectNode itself(long now) {
    return entry(node, "up", true, now, json.valueToTree(self.get()));
  }

  private ObjectNode entry(
      String name, String state, boolean answering, long seenAt, ObjectNode report) {
    ObjectNode entry = json.createObjectNode();
    entry.put("node", name).put("state", state).put("answering", answering).put("seenAt", seenAt);
    entry.setAll(report);
    return entry;
  }

  /** The leases that nodes hold or wait for. */
  private static Set<String> leasesOf(List<ObjectNode> nodes) {
    Set<String> names = new TreeSet<>();
    for (ObjectNode one : nodes) {
      for (JsonNode lease : one.path("leases")) {
        names.add(lease.asString());
      }
      for (JsonNode source : one.path("sources")) {
        String wanted = source.path("lease").asString("");
        if (!wanted.isEmpty()) {
          names.add(wanted);
        }
      }
    }
    return names;
  }
}
