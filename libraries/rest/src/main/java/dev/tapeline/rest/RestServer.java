package dev.tapeline.rest;

import dev.tapeline.access.address.AllowedHosts;
import dev.tapeline.access.audit.Audit;
import dev.tapeline.access.token.PublishedKeys;
import dev.tapeline.core.BusException;
import dev.tapeline.rest.history.CandlesApi;
import dev.tapeline.rest.history.IndicatorsApi;
import dev.tapeline.rest.history.TicksApi;
import dev.tapeline.rest.http.BadRequests;
import dev.tapeline.rest.http.Bodies;
import dev.tapeline.rest.http.CallRates;
import dev.tapeline.rest.http.Callers;
import dev.tapeline.rest.http.Cors;
import dev.tapeline.rest.http.Door;
import dev.tapeline.rest.http.Guard;
import dev.tapeline.rest.http.NoSessions;
import dev.tapeline.rest.http.Problem;
import dev.tapeline.rest.http.ProblemException;
import dev.tapeline.rest.http.RestConfig;
import dev.tapeline.rest.http.RestTimes;
import dev.tapeline.store.history.HistoryException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.servlet.JavalinServlet;
import io.javalin.http.servlet.ServletEntry;
import io.javalin.json.JavalinJackson3;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import kotlin.LazyKt;
import org.eclipse.jetty.http.HttpCompliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Answers REST calls, health checks and page loads, each on a virtual thread. */
public final class RestServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RestServer.class);

  private final RestParts parts;
  private final AllowedHosts hosts;
  private final Guard guard;
  private final CallRates pace;
  private final Bodies bodies;
  private final Counter failed;
  private final Javalin app;

  /**
   * @param door the entrance of requests
   */
  public RestServer(RestParts parts, Door door) {
    this.parts = parts;
    RestConfig settings = parts.config();
    this.hosts = new AllowedHosts(settings.network().allowedHosts());
    Callers callers = new Callers(settings.network().trustedProxies(), door instanceof Door.Socket);
    MeterRegistry meters = parts.meters();
    this.pace = new CallRates(callers, settings.limits(), settings.messages(), meters);
    Audit audit = new Audit();
    this.guard = new Guard(settings.authenticator(), callers, audit);
    FunctionCounter.builder("tapeline.rest.refused", audit.refusals(), LongAdder::sum)
        .description("Calls refused for lack of permission")
        .register(meters);
    PublishedKeys keys = settings.keys();
    if (keys != null) {
      watch(keys);
    }
    this.bodies = new Bodies(settings.limits(), settings.handshakeTimeout(), meters);
    this.failed =
        Counter.builder("tapeline.rest.failed")
            .description("Calls that failed because of an error in the server")
            .register(meters);
    this.app = Javalin.create(config -> configure(config, door));
  }

  private void watch(PublishedKeys keys) {
    parts.readiness().mention(keys::problem);
    KeyMeters.bind(keys, parts.meters());
  }

  public RestServer start() {
    app.start();
    return this;
  }

  /** The port of a {@link Door.Port}; for 0, the free port that was taken. */
  public int port() {
    return app.port();
  }

  @Override
  public void close() {
    app.stop();
  }

  private void configure(JavalinConfig config, Door door) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.requestLogger.http(new RestTimes(parts.meters()));
    config.http.prefer405over404 = true;
    config.jsonMapper(new JavalinJackson3(new JsonMapper(), true));
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setSendDateHeader(false);
      http.setHttpCompliance(HttpCompliance.STRICT); // as the gateway: each line ends with CRLF
      http.setUseInputDirectByteBuffers(false); // Jetty reads a long URI from an array at once
      http.setRequestHeaderSize(parts.config().maxHeaderBytes());
    });
    config.jetty.modifyServer(server -> server.setErrorHandler(new BadRequests(parts.meters())));
    config.jetty.addConnector(door::connector);
    keepNothingOfCallers(config);
    config.routes.before(this::limit);
    config.routes.before(this::checkHost);
    config.routes.before(RestServer::refuseUpgrade);
    if (parts.config().hasApi()) {
      Pages.addTo(config);
      addApi(config.routes);
    }
    addOperations(config.routes);
    addProblems(config.routes);
    config.routes.after(bodies::settle);
  }

  /**
   * Keeps no state of callers: Javalin's servlet for WebSockets would make a session for each
   * upgrade, even a refused one.
   */
  private static void keepNothingOfCallers(JavalinConfig config) {
    config.jetty.modifyServletContextHandler(
        context -> context.setSessionHandler(new NoSessions()));
    config.unsafe.servlet =
        LazyKt.lazy(() -> new ServletEntry(null, new JavalinServlet(config.unsafe)));
  }

  /** Checks the host: the gateway has checked it only for the first request of a connection. */
  private void checkHost(Context ctx) {
    if (!hosts.allow(ctx.header("Host"))) {
      throw new ProblemException(
          421, "this server does not answer for that host name: see tapeline-allowed-hosts");
    }
  }

  /**
   * Refuses upgrades: the gateway serves WebSockets, and passes on no request for one that it
   * recognizes.
   */
  private static void refuseUpgrade(Context ctx) {
    String upgrade = ctx.header("Upgrade");
    if (upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
      ctx.header("Connection", "close");
      throw new ProblemException(
          421,
          "there is no WebSocket here: open a new connection to a path such as /ws on a node of"
              + " role all or gateway");
    }
  }

  private void addApi(RoutesConfig routes) {
    RestConfig config = parts.config();
    CacheReader cache = new CacheReader(parts.cache());
    InstantSource clock = parts.clock();
    new Cors(config.network().allowedOrigins()).addTo(routes);
    if (config.required()) {
      routes.before("/api/*", ctx -> guard.identify(ctx));
      routes.before("/market/*", ctx -> guard.identify(ctx));
    }
    new PricesApi(cache, parts.prices(), clock).addTo(routes);
    new StreamHealthApi(cache, clock, parts.problems()).addTo(routes);
    new InstrumentsApi(parts.instruments()).addTo(routes);
    new ScreenersApi(parts.wishes(), guard, bodies).addTo(routes);
    new PollingApi(parts.wishes(), parts.polled(), guard, bodies).addTo(routes);
    new OptionChainApi(cache, parts, guard).addTo(routes);
    new SessionApi(parts.calendar(), clock).addTo(routes);
    new CandlesApi(parts.history()).addTo(routes);
    new IndicatorsApi(parts.history()).addTo(routes);
    new TicksApi(parts.history()).addTo(routes);
    new NodesApi(parts.nodes()).addTo(routes);
    new PublishApi(parts.bus(), guard, pace, bodies, config.maxPayloadBytes(), clock).addTo(routes);
    new AdminApi(parts.administration(), guard, bodies, config.node(), clock).addTo(routes);
  }

  /**
   * Applies the limits, but never to health checks: a refused probe would have the server
   * restarted.
   */
  private void limit(Context ctx) {
    if (ctx.path().startsWith("/api/") || ctx.path().startsWith("/market/")) {
      ctx.header("Cache-Control", "no-store");
      ctx.header("X-Content-Type-Options", "nosniff");
      pace.count(ctx);
    } else if (!ctx.path().startsWith("/health/")) {
      pace.countReader(ctx);
    }
  }

  private void addOperations(RoutesConfig routes) {
    new HealthApi(parts.readiness(), parts.nodes()).addTo(routes);
    routes.get("/metrics", this::metrics);
    routes.get("/openapi.json", OpenApi::send);
  }

  private void metrics(Context ctx) {
    ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(parts.meters().scrape());
  }

  private void addProblems(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, ctx) -> e.problem().send(ctx));
    routes.exception(
        MethodNotAllowedResponse.class,
        (e, ctx) -> {
          ctx.header("Allow", allowed(e.getDetails().values()));
          Problem.of(405, "this path takes " + allowed(e.getDetails().values())).send(ctx);
        });
    routes.exception(
        HttpResponseException.class,
        (e, ctx) -> Problem.of(e.getStatus(), String.valueOf(e.getMessage())).send(ctx));
    routes.exception(
        BusException.class, (e, ctx) -> Problem.of(503, String.valueOf(e.getMessage())).send(ctx));
    routes.exception(
        HistoryException.class,
        (_, ctx) -> Problem.of(503, "the history can't be read now; try again later").send(ctx));
    routes.exception(Exception.class, this::fail);
  }

  /** The methods of a path; HEAD is allowed wherever GET is. */
  private static String allowed(Collection<String> methods) {
    return String.join(", ", methods).replace("GET", "GET, HEAD");
  }

  private void fail(Exception e, Context ctx) {
    failed.increment();
    log.error("{} {} failed", ctx.method(), ctx.path(), e);
    Problem.of(500, "internal error; the server's log has the details").send(ctx);
  }
}
