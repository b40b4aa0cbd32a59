package dev.tapeline.rest;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Excerpt;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.InstrumentQuery;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.plant.channels.Keys;
import dev.tapeline.rest.history.StoredChains;
import dev.tapeline.rest.http.Guard;
import dev.tapeline.rest.http.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Option chains: the expiries of an underlying, the newest state of a chain, and its snapshots.
 * Chains come from the cache, as they were published; a chain that nobody wanted is computed for
 * the call. Snapshots of before are in the history. Who may subscribe to the channel of a chain may
 * read it here.
 */
final class OptionChainApi {

  private static final String PATH = "/api/v1/option-chain/{symbol}";
  private static final int SNAPSHOTS = 3;
  private static final int SHOWN = 8;
  private static final int MAX_SHOWN = 64;

  private final CacheReader cache;
  private final ChainFetch chains;
  private final Instruments instruments;
  private final SourceProblems problems;
  private final StoredChains stored;
  private final Guard guard;

  OptionChainApi(CacheReader cache, RestParts parts, Guard guard) {
    this.cache = cache;
    this.chains = parts.chains();
    this.instruments = parts.instruments();
    this.problems = parts.problems();
    this.stored = new StoredChains(parts.history());
    this.guard = guard;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get(PATH + "/expiries", this::expiries);
    routes.get(PATH + "/{expiry}", this::chain);
    routes.get(PATH + "/{expiry}/history", this::history);
  }

  private record Expiries(String symbol, List<String> expiries, int count) {}

  private void expiries(Context ctx) {
    String symbol = ctx.pathParam("symbol");
    List<String> expiries = instruments.expiries(symbol).stream().map(LocalDate::toString).toList();
    if (expiries.isEmpty()) {
      throw noOptions(symbol);
    }
    ctx.json(new Expiries(symbol, expiries, expiries.size()));
  }

  private static ProblemException noOptions(String symbol) {
    return new ProblemException(
        404,
        "no options on '%s' are known: GET /api/v1/instruments?q=… finds what has options"
            .formatted(Excerpt.of(symbol, MAX_SHOWN)));
  }

  private void chain(Context ctx) {
    ChainKey key = key(ctx);
    String name = Keys.optionChain(key.underlying(), key.expiry().toString());
    String cached = cache.getAll(List.of(name)).get(name);
    if (cached == null) {
      checkListed(key);
    }
    ChainFetch.Answer answer = chains.fetch(key, cached);
    String chain = answer.chain();
    if (chain == null) {
      throw answer.hasRoom() ? nothingCame(key) : noRoom(key);
    }
    send(ctx, chain);
  }

  private void history(Context ctx) {
    ChainKey key = key(ctx);
    if (StoredChains.areMeant(ctx)) {
      stored.answer(ctx, key);
    } else {
      lastSnapshots(ctx, key);
    }
  }

  private void lastSnapshots(Context ctx, ChainKey key) {
    List<String> names =
        IntStream.range(0, SNAPSHOTS)
            .mapToObj(number -> Keys.optionChain(key.underlying(), key.expiry().toString(), number))
            .toList();
    Map<String, String> found = cache.getAll(names);
    if (found.isEmpty()) {
      checkListed(key);
      throw noSnapshot(key);
    }
    String snapshots =
        names.stream().map(found::get).filter(Objects::nonNull).collect(Collectors.joining(","));
    send(
        ctx,
        "{\"symbol\":\"%s\",\"expiry\":\"%s\",\"snapshots\":["
                .formatted(key.underlying(), key.expiry())
            + snapshots
            + "]}");
  }

  private static void send(Context ctx, String json) {
    ctx.contentType("application/json").result(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Passes if there are options of this expiry: only their chains are worth asking for. */
  private void checkListed(ChainKey key) {
    List<LocalDate> expiries = instruments.expiries(key.underlying());
    if (expiries.isEmpty()) {
      throw noOptions(key.underlying());
    }
    if (!expiries.contains(key.expiry())) {
      throw new ProblemException(
          404,
          "%s has no options that expire on %s: its expiries are %s"
              .formatted(
                  key.underlying(),
                  key.expiry(),
                  expiries.stream()
                      .limit(SHOWN)
                      .map(LocalDate::toString)
                      .collect(
                          Collectors.joining(", ", "", expiries.size() > SHOWN ? ", …" : ""))));
    }
    checkCase(key);
  }

  /** Passes if the underlying is written as its channels have it: others would never tell. */
  private void checkCase(ChainKey key) {
    String underlying = option(key).map(Instrument.Option::underlying).orElse(key.underlying());
    if (!underlying.equals(key.underlying())) {
      throw new ProblemException(
          404, "no options on '%s' are known: write '%s'".formatted(key.underlying(), underlying));
    }
  }

  private ProblemException nothingCame(ChainKey key) {
    return option(key)
        .flatMap(option -> instruments.sourceOf(option.symbol()))
        .flatMap(problems::of)
        .map(why ->
            new ProblemException(503, "nothing comes of the chain %s: %s".formatted(key, why)))
        .orElseGet(() ->
            new ProblemException(
                409,
                ("no tick of the chain %s has come yet; it is wanted for a minute from now on:"
                        + " ask again, or subscribe to '%s'")
                    .formatted(key, channel(key))));
  }

  /** An option of a chain. */
  private Optional<Instrument.Option> option(ChainKey key) {
    InstrumentQuery options =
        new InstrumentQuery("", key.underlying(), key.expiry(), null, Right.CALL);
    return instruments.search(options, 1).stream()
        .filter(Instrument.Option.class::isInstance)
        .map(Instrument.Option.class::cast)
        .findFirst();
  }

  private static ProblemException noRoom(ChainKey key) {
    return new ProblemException(
        503,
        ("too many chains were asked for within a minute, so %s is not computed: ask again later,"
                + " subscribe to '%s', or POST /market/polling/start")
            .formatted(key, channel(key)));
  }

  private static ProblemException noSnapshot(ChainKey key) {
    return new ProblemException(
        409,
        ("no snapshot of the chain %s was taken lately, as nobody wanted it: subscribe to '%s', or"
                + " POST /market/polling/start, and ask again; ?limit=3 reads stored ones")
            .formatted(key, channel(key)));
  }

  private ChainKey key(Context ctx) {
    ChainKey key = parse(ctx.pathParam("symbol"), ctx.pathParam("expiry"));
    guard.maySubscribe(ctx, guard.identify(ctx), Channel.of(channel(key)));
    return key;
  }

  private static String channel(ChainKey key) {
    return Channels.optionChain(key.underlying(), key.expiry().toString());
  }

  private static ChainKey parse(String symbol, String expiry) {
    try {
      return new ChainKey(symbol, LocalDate.parse(expiry));
    } catch (DateTimeException _) {
      throw new ProblemException(
          400,
          "'expiry' is a date like 2026-12-08, unlike '%s'"
              .formatted(Excerpt.of(expiry, MAX_SHOWN)));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "'symbol' is " + e.getMessage());
    }
  }
}
