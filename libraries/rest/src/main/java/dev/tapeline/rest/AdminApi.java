package dev.tapeline.rest;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tapeline.access.policy.AdminAct;
import dev.tapeline.core.Selector;
import dev.tapeline.core.admin.Administration;
import dev.tapeline.core.admin.ChannelReport;
import dev.tapeline.core.admin.ConnectionReport;
import dev.tapeline.rest.http.Bodies;
import dev.tapeline.rest.http.Guard;
import dev.tapeline.rest.http.ProblemException;
import dev.tapeline.rest.http.Query;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls by which administrators see this node's gateway and act on its clients. */
final class AdminApi {

  private static final long LIMIT_MILLIS = 5_000;
  private static final int MOST = 1_000;
  private static final int LONGEST_MOVE_SECONDS = 3_600;

  /** Writes JSON without unknown values. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(all -> all.withValueInclusion(Include.NON_NULL))
          .build();

  private static final Map<String, Comparator<ConnectionReport>> CONNECTION_ORDERS =
      Map.of(
          "since", Comparator.comparingLong(ConnectionReport::since),
          "lag", Comparator.comparingLong(ConnectionReport::lag).reversed(),
          "pending", Comparator.comparingLong(ConnectionReport::pending).reversed(),
          "frames", Comparator.comparingLong(ConnectionReport::frames).reversed(),
          "channels", Comparator.comparingInt(ConnectionReport::channels).reversed());

  private static final Map<String, Comparator<Rated>> CHANNEL_ORDERS =
      Map.of(
          "channel", Comparator.comparing(one -> one.report().channel()),
          "rate", Comparator.comparingDouble(Rated::orderedRate).reversed(),
          "subscribers",
              Comparator.<Rated>comparingInt(one -> one.report().subscribers()).reversed(),
          "bytes", Comparator.<Rated>comparingLong(one -> one.report().bytes()).reversed());

  private final Supplier<Optional<Administration>> gateway;
  private final Guard guard;
  private final Bodies bodies;
  private final String node;
  private final InstantSource clock;
  private final ChannelRates rates = new ChannelRates();

  AdminApi(
      Supplier<Optional<Administration>> gateway,
      Guard guard,
      Bodies bodies,
      String node,
      InstantSource clock) {
    this.gateway = gateway;
    this.guard = guard;
    this.bodies = bodies;
    this.node = node;
    this.clock = clock;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/admin/connections", this::connections);
    routes.get("/api/v1/admin/channels", this::channels);
    routes.post("/api/v1/admin/connections/{id}/close", this::closeOne);
    routes.post("/api/v1/admin/close", this::closeUser);
    routes.post("/api/v1/admin/move", this::move);
  }

  private record Connections(
      String node, long timestamp, int total, int found, List<ConnectionReport> connections) {}

  private record Channels(
      String node, long timestamp, int total, int found, List<Rated> channels) {}

  /** A channel with its publications a second, which are null until the second call. */
  private record Rated(@JsonUnwrapped ChannelReport report, @Nullable Double rate) {

    double orderedRate() {
      return rate == null ? -1 : rate;
    }
  }

  private record Closed(String node, int closed) {}

  private record Moved(String node, int moved) {}

  private void connections(Context ctx) {
    String _ = guard.mayAdmin(ctx, AdminAct.CONNECTIONS);
    Query query = new Query(ctx);
    List<ConnectionReport> all = await(administration().connections());
    List<ConnectionReport> found = all.stream().filter(wanted(query)).toList();
    List<ConnectionReport> page =
        found.stream()
            .sorted(query.choice("sort", "since", CONNECTION_ORDERS))
            .skip(query.number("skip", 0, Integer.MAX_VALUE))
            .limit(query.number("limit", 100, MOST))
            .toList();
    answer(ctx, new Connections(node, clock.millis(), all.size(), found.size(), page));
  }

  private static Predicate<ConnectionReport> wanted(Query query) {
    Optional<String> user = query.text("user");
    Optional<String> address = query.text("address");
    Optional<String> protocol = query.text("protocol");
    Optional<Selector> channel = query.selector("channel");
    boolean slow = query.flag("slow");
    return one ->
        user.map(name -> name.equals(one.user())).orElse(true)
            && address.map(one.address()::equals).orElse(true)
            && protocol.map(one.protocol()::equals).orElse(true)
            && channel.map(name -> isSubscribed(one, name)).orElse(true)
            && (!slow || one.blocked() || !one.level().equals("as asked"));
  }

  private static boolean isSubscribed(ConnectionReport one, Selector channel) {
    return one.subscriptions().stream()
        .anyMatch(held -> Selector.parse(held.channel()).overlaps(channel));
  }

  private void channels(Context ctx) {
    String _ = guard.mayAdmin(ctx, AdminAct.CHANNELS);
    Query query = new Query(ctx);
    Optional<Selector> channel = query.selector("channel");
    List<ChannelReport> all = administration().channels();
    Map<String, Double> perSecond = rates.next(all, System.nanoTime());
    List<Rated> found =
        all.stream()
            .filter(one -> channel.map(name -> name.matches(one.channel())).orElse(true))
            .map(one -> new Rated(one, perSecond.get(one.channel())))
            .toList();
    List<Rated> page =
        found.stream()
            .sorted(query.choice("sort", "channel", CHANNEL_ORDERS))
            .skip(query.number("skip", 0, Integer.MAX_VALUE))
            .limit(query.number("limit", 100, MOST))
            .toList();
    answer(ctx, new Channels(node, clock.millis(), all.size(), found.size(), page));
  }

  /** Closes one connection, which has to be there. */
  private void closeOne(Context ctx) {
    String by = guard.mayAdmin(ctx, AdminAct.CLOSE);
    String id = ctx.pathParam("id");
    int closed = close(body(ctx), one -> one.id().equals(id), by);
    if (closed == 0) {
      throw new ProblemException(404, "there is no connection '%s' on node %s".formatted(id, node));
    }
    answer(ctx, new Closed(node, closed));
  }

  /** Closes all connections of a user. */
  private void closeUser(Context ctx) {
    String by = guard.mayAdmin(ctx, AdminAct.CLOSE);
    JsonNode body = body(ctx);
    JsonNode user = body.path("user");
    if (!user.isString()) {
      throw new ProblemException(400, "'user' is missing: the user whose connections to close");
    }
    String name = user.stringValue();
    answer(ctx, new Closed(node, close(body, one -> name.equals(one.user()), by)));
  }

  private int close(JsonNode body, Predicate<ConnectionReport> wanted, String by) {
    JsonNode reconnect = body.path("reconnect");
    if (!reconnect.isMissingNode() && !reconnect.isBoolean()) {
      throw new ProblemException(400, "'reconnect' is true or false");
    }
    return await(administration().close(wanted, reconnect.booleanValue(false), by));
  }

  /** Has all clients come back, spread over a time. */
  private void move(Context ctx) {
    String by = guard.mayAdmin(ctx, AdminAct.MOVE);
    JsonNode seconds = body(ctx).path("seconds");
    if (!seconds.isInt() || seconds.intValue() < 1 || seconds.intValue() > LONGEST_MOVE_SECONDS) {
      throw new ProblemException(
          400, "'seconds', over which the clients are spread, is a number from 1 to 3600");
    }
    Duration within = Duration.ofSeconds(seconds.intValue());
    answer(ctx, new Moved(node, administration().moveAll(within, by)));
  }

  private JsonNode body(Context ctx) {
    try (Bodies.Body body = bodies.read(ctx)) {
      return body.bytes().length == 0 ? JSON.createObjectNode() : JSON.readTree(body.bytes());
    } catch (JacksonException e) {
      throw new ProblemException(400, "the body is not JSON");
    }
  }

  private static void answer(Context ctx, Object what) {
    ctx.contentType("application/json").result(JSON.writeValueAsBytes(what));
  }

  private Administration administration() {
    return gateway
        .get()
        .orElseThrow(() ->
            new ProblemException(
                404, "node %s has no gateway: ask a node that has one".formatted(node)));
  }

  private static <T> T await(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().orTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new ProblemException(503, "the gateway's lanes did not answer in time: try again");
    }
  }
}
