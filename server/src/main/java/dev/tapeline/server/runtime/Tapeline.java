package dev.tapeline.server.runtime;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Publication;
import dev.tapeline.feed.Feed;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.replay.ReplayFeed;
import dev.tapeline.feed.replay.ReplayGate;
import dev.tapeline.feed.simulator.SessionPlan;
import dev.tapeline.feed.simulator.SimulatedInstruments;
import dev.tapeline.feed.simulator.SimulatorFeed;
import dev.tapeline.gateway.Gateway;
import dev.tapeline.gateway.GatewayException;
import dev.tapeline.market.Instrument;
import dev.tapeline.market.Instruments;
import dev.tapeline.server.config.Settings;
import dev.tapeline.server.publish.Heartbeat;
import dev.tapeline.server.publish.MarketPublisher;
import dev.tapeline.server.rest.Door;
import dev.tapeline.server.rest.Readiness;
import dev.tapeline.server.rest.RestParts;
import dev.tapeline.server.rest.RestServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The running server: the parts of its role, joined. */
public final class Tapeline implements AutoCloseable {

  private static final int MAX_INSTRUMENTS = 200_000;

  /** Any number; the same one gives the same market. */
  private static final long SIMULATOR_SEED = 1;

  /** How long a start waits for Redis; without it the server runs all the same. */
  private static final Duration BUS_PATIENCE = Duration.ofSeconds(2);

  private final Settings settings;
  private final InstantSource clock = InstantSource.system();
  private final Readiness readiness = new Readiness();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Instruments instruments = new Instruments(MAX_INSTRUMENTS);
  private final Backbone backbone;
  private final Door door;
  private final RestServer rest;
  private final Optional<Gateway> gateway;
  private List<Integer> ports = List.of();
  private Optional<FeedRun> feed = Optional.empty();

  private Tapeline(Settings settings) {
    this.settings = settings;
    this.backbone = Backbone.of(settings, meters);
    readiness.require(() -> "the bus is down: " + backbone.problem().get(), backbone::isUp);
    this.door = door(settings);
    this.rest =
        new RestServer(
            new RestParts(
                settings, backbone.bus(), backbone.cache(), instruments, readiness, meters, clock),
            door);
    this.gateway =
        door instanceof Door.Socket socket
            ? Optional.of(GatewayWiring.gateway(settings, backbone.own(), socket.path(), meters))
            : Optional.empty();
  }

  private static Door door(Settings settings) {
    return settings.role().hasGateway()
        ? Door.Socket.create()
        : new Door.Port(settings.listen().bindHost(), settings.listen().apiPort());
  }

  /**
   * Starts everything; when it returns, the server is ready, or will be when its bus is back.
   *
   * @throws StartException saying what to mend
   */
  public static Tapeline start(Settings settings, FeedPlan plan) {
    Tapeline tapeline = joined(settings);
    try {
      tapeline.listen();
      tapeline.backbone.awaitUp(BUS_PATIENCE);
      tapeline.backbone.begin().run();
      Thread.ofVirtual().name("process-meters").start(() -> ProcessMeters.bind(tapeline.meters));
      tapeline.feed = tapeline.feed(plan).map(run -> run.start());
      return tapeline;
    } catch (RuntimeException e) {
      tapeline.close();
      throw e;
    }
  }

  private static Tapeline joined(Settings settings) {
    try {
      return new Tapeline(settings);
    } catch (GatewayException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void listen() {
    try {
      rest.start();
      if (gateway.isPresent()) {
        ports = gateway.get().start();
      } else {
        backbone.own().start(Bus.Listener.DEAF);
        ports = List.of(rest.port());
      }
    } catch (GatewayException | io.javalin.util.JavalinException e) {
      throw PortProblem.explain(settings.listen(), e);
    }
  }

  private Optional<FeedRun> feed(FeedPlan plan) {
    return settings.role().hasFeed()
        ? source(plan).map(source -> run(source, plan instanceof FeedPlan.Simulator))
        : Optional.empty();
  }

  private Feed simulated() {
    SimulatedInstruments.all().forEach(instruments::add);
    return SimulatorFeed.of(SIMULATOR_SEED, SessionPlan.COMPRESSED, clock);
  }

  private Optional<Feed> source(FeedPlan plan) {
    return switch (plan) {
      case FeedPlan.None none -> Optional.empty();
      case FeedPlan.Simulator simulator -> Optional.of(simulated());
      case FeedPlan.Replay(var recording, var options) ->
          Optional.of(
              new ReplayFeed(
                  recording,
                  () -> new BinanceDecoder(this::binance),
                  options,
                  gateway.map(GatewayWiring::gate).orElse(ReplayGate.OPEN),
                  clock));
    };
  }

  private Instrument binance(String symbol) {
    Instrument instrument = Instrument.binance(symbol);
    instruments.add(instrument);
    return instrument;
  }

  private FeedRun run(Feed source, boolean simulated) {
    MarketPublisher publisher =
        new MarketPublisher(
            backbone.own(),
            backbone.cache(),
            MarketPublisher.Settings.of(simulated),
            clock::millis);
    return new FeedRun(
        source,
        publisher,
        new Heartbeat(backbone.cache(), clock),
        status -> gateway.ifPresent(any -> any.status(status)),
        meters);
  }

  /** The ports that the server listens on; the first has everything. */
  public List<Integer> ports() {
    return ports;
  }

  /** Publishes a message on the server's own bus. */
  public void publish(String channel, String payload) {
    backbone.bus().publish(List.of(Publication.of(channel, payload)));
  }

  /** Takes no more clients, and sends those that are here away, spread over the time. */
  public void drain(Duration limit) throws InterruptedException {
    readiness.drain();
    if (gateway.isPresent()) {
      gateway.get().drain(limit);
    }
  }

  @Override
  public void close() {
    readiness.drain();
    feed.ifPresent(FeedRun::close);
    gateway.ifPresent(Gateway::close);
    rest.close();
    backbone.close();
    door.close();
  }
}
