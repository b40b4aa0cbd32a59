package dev.tapeline.bench.server;

import dev.tapeline.access.Authenticator;
import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.core.Bus;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Folds;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.gateway.Gateway;
import dev.tapeline.gateway.GatewayConfig;
import dev.tapeline.gateway.GatewayException;
import dev.tapeline.gateway.listen.accept.ConnectionLimits;
import dev.tapeline.gateway.listen.accept.ListenerConfig;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.bus.RedisBus;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.BuiltInChannels;
import dev.tapeline.server.settings.part.GatewaySettings;
import dev.tapeline.tls.LiveCertificate;
import dev.tapeline.tls.TlsException;
import dev.tapeline.tls.TlsFiles;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The target of the load, and the bus that reaches it.
 *
 * @param text the name of the target in the report
 * @param logReads the number of times that it has read the log of a durable channel
 * @param channels the number of its channels
 */
public record Target(
    String text,
    InetSocketAddress address,
    String path,
    Bus bus,
    LongSupplier logReads,
    LongSupplier channels,
    List<Runnable> atEnd)
    implements AutoCloseable {

  private static final int SPARE = 16;
  private static final int MESSAGES = 10_000;
  private static final Duration REDIS_PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  /** The settings of a gateway in this process, from the environment. */
  public static Settings settings() {
    return Settings.load(System.getenv(), Map.of());
  }

  /**
   * A gateway in this process, on a free port, with limits that the load fits into.
   *
   * @param redis what its bus runs on; null for the embedded bus
   */
  public static Target inProcess(
      SubscribePlan plan,
      GatewaySettings settings,
      DurableRules durable,
      @Nullable RedisSettings redis) {
    return inProcess(plan, settings, durable, redis, null);
  }

  /**
   * The same.
   *
   * @param redis what its bus runs on; null for the embedded bus
   * @param tls the certificate; null if its clients do without TLS
   */
  public static Target inProcess(
      SubscribePlan plan,
      GatewaySettings settings,
      DurableRules durable,
      @Nullable RedisSettings redis,
      @Nullable TlsFiles tls) {
    RedisConnector connector = redis == null ? null : RedisConnectors.of(redis);
    Bus bus =
        connector == null
            ? new EmbeddedBus(plan.channels() + SPARE, durable, System::currentTimeMillis)
            : new RedisBus(connector, durable, BuiltInChannels.LATEST_LISTS);
    MeterRegistry meters = new SimpleMeterRegistry();
    LiveCertificate certificate = tls == null ? null : certificate(tls, meters);
    Gateway gateway = new Gateway(config(plan, settings, certificate), bus, Folds.NONE, meters);
    List<Runnable> atEnd = new ArrayList<>(List.of(gateway::close, bus::close));
    if (connector != null) {
      atEnd.add(connector::close);
    }
    if (certificate != null) {
      atEnd.add(certificate::close);
    }
    int port;
    try {
      port = gateway.start().getFirst();
      awaitUp(bus);
    } catch (GatewayException e) {
      throw new BenchException(String.valueOf(e.getMessage()), e);
    }
    return new Target(
        text(redis),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        "/ws",
        bus,
        () -> (long) meters.get("tapeline.log.reads").functionCounter().count(),
        () -> (long) meters.get("tapeline.channels").gauge().value(),
        atEnd);
  }

  /**
   * The name of a gateway in this process in the report.
   *
   * @param redis what its bus runs on; null for the embedded bus
   */
  public static String text(@Nullable RedisSettings redis) {
    return "gateway in this process, "
        + (redis == null ? "embedded bus" : redis.address().toString());
  }

  private static LiveCertificate certificate(TlsFiles files, MeterRegistry meters) {
    try {
      return new LiveCertificate(files, LiveCertificate.INTERVAL, meters);
    } catch (TlsException e) {
      throw new BenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private static GatewayConfig config(
      SubscribePlan plan, GatewaySettings settings, @Nullable LiveCertificate certificate) {
    ListenerConfig listener = settings.listener();
    int most = plan.connections() + SPARE;
    return GatewayConfig.builder()
        .listener(
            _ -> listener.withPorts(List.of(0)).withBindHost("127.0.0.1").withTls(certificate))
        .kinds(settings.kinds())
        .authenticator(Authenticator.open(BuiltInChannels.PERSONAL))
        .hub(it ->
            it.urgent(settings.hub().urgent())
                .ringBytes(settings.hub().ringBytes())
                .ringsTotalBytes(settings.hub().ringsTotalBytes())
                .maxChannels(plan.channels() + SPARE))
        .connections(_ -> new ConnectionLimits(most, most, most, most))
        .clients(it -> it.withMaxChannels(plan.perConnection()).withRate(MESSAGES, MESSAGES))
        .build();
  }

  /** A running server that uses the same Redis. */
  @SuppressWarnings("AddressSelection") // any address of this machine will do
  public static Target running(URI url, RedisSettings redis, DurableRules durable) {
    InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort());
    if (address.isUnresolved()) {
      throw new BenchException("no address of '%s' is known".formatted(url.getHost()));
    }
    RedisConnector connector = RedisConnectors.of(redis);
    Bus bus = new RedisBus(connector, durable);
    bus.start(Bus.Listener.DEAF);
    Target target =
        new Target(
            "%s, %s".formatted(url, redis.address()),
            address,
            url.getRawPath(),
            bus,
            () -> ServerMetrics.read(url, "tapeline_log_reads_total"),
            () -> ServerMetrics.read(url, "tapeline_channels"),
            List.of(bus::close, connector::close));
    awaitUp(bus);
    return target;
  }

  private static void awaitUp(Bus bus) {
    Supplier<String> problem =
        bus instanceof RedisBus redis ? redis::problem : () -> "it is closed";
    try {
      if (!Waiting.until(() -> bus.state() != Bus.State.DOWN, REDIS_PATIENCE, LOOK_AGAIN)) {
        throw new BenchException("the bus is down: " + problem.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted while waiting for the bus", e);
    }
  }

  @Override
  public void close() {
    atEnd.forEach(Runnable::run);
  }
}
