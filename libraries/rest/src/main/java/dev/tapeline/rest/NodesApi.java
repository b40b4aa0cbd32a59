package dev.tapeline.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tapeline.core.Leases;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The call that lists the nodes and the holders of leases. */
final class NodesApi {

  private final NodeDirectory nodes;

  NodesApi(NodeDirectory nodes) {
    this.nodes = nodes;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/nodes", this::list);
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Answer(
      long timestamp,
      @JsonInclude boolean complete,
      String problem,
      List<ObjectNode> nodes,
      @JsonInclude List<Lease> leases) {}

  /** A lease; holder and times are null where it has no holder or no end. */
  private record Lease(
      String lease,
      @Nullable String holder,
      long token,
      @Nullable Long since,
      @Nullable Long until) {

    static Lease of(Leases.Standing it) {
      boolean held = it.holder() != null;
      return new Lease(
          it.lease(),
          it.holder(),
          it.token(),
          held ? it.since() : null,
          it.until() == 0 ? null : it.until());
    }
  }

  private void list(Context ctx) {
    NodeDirectory.Listing found = nodes.list();
    ctx.json(
        new Answer(
            found.timestamp(),
            found.complete(),
            found.problem(),
            found.nodes(),
            found.leases().stream().map(Lease::of).toList()));
  }
}
