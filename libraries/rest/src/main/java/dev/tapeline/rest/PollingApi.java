package dev.tapeline.rest;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Excerpt;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.watch.PolledChain;
import dev.tapeline.plant.watch.WishStore;
import dev.tapeline.rest.http.Bodies;
import dev.tapeline.rest.http.Guard;
import dev.tapeline.rest.http.JsonBody;
import dev.tapeline.rest.http.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The calls that begin and end the polling of option chains. Who may subscribe to the channel of a
 * chain may have it polled, as a subscription does the same.
 */
final class PollingApi {

  private static final Set<String> MEMBERS = Set.of("symbol", "expiry", "interval");
  private static final long LEAST_MILLIS = 100;
  private static final long MOST_MILLIS = 3_600_000;

  private final WishStore wishes;
  private final Supplier<List<PolledChain>> polled;
  private final Guard guard;
  private final Bodies bodies;

  /**
   * @param polled the chains that are polled for any reason, by any node
   */
  PollingApi(WishStore wishes, Supplier<List<PolledChain>> polled, Guard guard, Bodies bodies) {
    this.wishes = wishes;
    this.polled = polled;
    this.guard = guard;
    this.bodies = bodies;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.post("/market/polling/start", this::start);
    routes.post("/market/polling/stop", this::stop);
    routes.get("/market/polling/status", this::status);
  }

  private record Answer(String symbol, String expiry, long interval, long effectiveInterval) {}

  private record Stopped(String symbol, String expiry, boolean stopped) {}

  private record Status(List<PolledChain> polling, int count) {}

  private void start(Context ctx) {
    JsonBody body = JsonBody.read(ctx, bodies, MEMBERS);
    ChainKey chain = chain(ctx, body);
    long interval =
        body.number("interval", PolledChain.LEAST_INTERVAL_MILLIS, LEAST_MILLIS, MOST_MILLIS);
    try {
      wishes.poll(chain, interval);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(409, String.valueOf(e.getMessage()));
    }
    ctx.json(
        new Answer(
            chain.underlying(),
            chain.expiry().toString(),
            interval,
            Math.max(interval, PolledChain.LEAST_INTERVAL_MILLIS)));
  }

  private void stop(Context ctx) {
    ChainKey chain = chain(ctx, JsonBody.read(ctx, bodies, MEMBERS));
    boolean stopped = wishes.endPolling(chain);
    ctx.json(new Stopped(chain.underlying(), chain.expiry().toString(), stopped));
  }

  private void status(Context ctx) {
    List<PolledChain> all = polled.get();
    ctx.json(new Status(all, all.size()));
  }

  private ChainKey chain(Context ctx, JsonBody body) {
    ChainKey chain = parse(body.text("symbol"), body.text("expiry"));
    String channel = Channels.optionChain(chain.underlying(), chain.expiry().toString());
    guard.maySubscribe(ctx, guard.identify(ctx), Channel.of(channel));
    return chain;
  }

  private static ChainKey parse(String symbol, String expiry) {
    try {
      return new ChainKey(symbol, LocalDate.parse(expiry));
    } catch (DateTimeException _) {
      throw new ProblemException(
          400, "'expiry' is a date like 2026-12-08, unlike '%s'".formatted(Excerpt.of(expiry, 64)));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "'symbol' is " + e.getMessage());
    }
  }
}
