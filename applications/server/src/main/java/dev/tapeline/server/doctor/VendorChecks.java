package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.binance.BinanceOptions;
import dev.tapeline.feed.deribit.DeribitOptions;
import dev.tapeline.feed.net.Probe;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.FeedKind;
import dev.tapeline.server.settings.part.FeedSetting;
import dev.tapeline.server.settings.part.VendorOptions;
import dev.tapeline.server.vendor.VendorPlan;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The checks of the vendors that the settings name, as far as they can be made without running
 * their sources. Different hosts are asked at the same time, each on a thread {@code check}.
 */
public final class VendorChecks {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Settings settings;
  private final Duration timeout;
  private final InstantSource clock;

  /** Waits at most 5 s for each answer. */
  public VendorChecks(Settings settings, InstantSource clock) {
    this(settings, TIMEOUT, clock);
  }

  VendorChecks(Settings settings, Duration timeout, InstantSource clock) {
    this.settings = settings;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** What was found of all vendors, by the order of the settings. */
  public List<Finding> findings() {
    return together(
        settings.feeds().stream()
            .<Supplier<List<Finding>>>map(feed -> () -> findings(feed))
            .toList());
  }

  private List<Finding> findings(FeedSetting feed) {
    VendorPlan plan = new VendorPlan(feed.name(), feed.options());
    try (Probe probe = new Probe(plan.network(), timeout, clock)) {
      return together(checks(feed.kind(), plan, probe)).stream()
          .map(finding -> finding.of(plan.name()))
          .toList();
    } catch (FeedException e) {
      return List.of(
          Finding.fail(
              plan.name() + " ca-file",
              String.valueOf(e.getMessage()),
              "name a PEM file of certificates, or leave ca-file out"));
    }
  }

  private List<Supplier<List<Finding>>> checks(FeedKind kind, VendorPlan plan, Probe probe) {
    return switch (kind) {
      case DHAN -> new DhanChecks(plan, settings, probe, clock).all();
      case BINANCE -> binance(plan, probe);
      case DERIBIT -> deribit(plan, probe);
      case SIMULATOR, BUS, REPLAY -> List.of();
    };
  }

  private static List<Supplier<List<Finding>>> binance(VendorPlan plan, Probe probe) {
    BinanceOptions.Hosts own = BinanceOptions.Hosts.DEFAULT;
    BinanceOptions.Hosts hosts;
    try {
      hosts =
          new BinanceOptions.Hosts(
              plan.address(VendorOptions.SOCKET_URL).orElse(own.streams()),
              plan.address(VendorOptions.REST_URL).orElse(own.rest()));
    } catch (IllegalArgumentException e) {
      String text = String.valueOf(e.getMessage());
      return List.of(() -> List.of(Finding.fail("host", text, "leave its path out")));
    }
    String blocked =
        hosts.rest().equals(own.rest())
            ? "run it at another place, or set rest-url and socket-url to a proxy there"
            : "use %s as rest-url and %s as socket-url, which are for market data alone"
                .formatted(own.rest(), own.streams());
    return withSockets(
        new TimeServiceCheck(URI.create(hosts.rest() + "/api/v3/time"), "serverTime", blocked),
        hosts.streams(),
        probe);
  }

  private static List<Supplier<List<Finding>>> deribit(VendorPlan plan, Probe probe) {
    URI rest = plan.address(VendorOptions.REST_URL).orElse(DeribitOptions.Hosts.DEFAULT.rest());
    return withSockets(
        new TimeServiceCheck(
            URI.create(rest + "/public/get_time"),
            "result",
            "see that Deribit serves the place of this machine, or run it at another place"),
        plan.address(VendorOptions.SOCKET_URL).orElse(DeribitOptions.Hosts.DEFAULT.socket()),
        probe);
  }

  private static List<Supplier<List<Finding>>> withSockets(
      TimeServiceCheck rest, URI socket, Probe probe) {
    return List.of(() -> rest.check(probe), () -> List.of(SocketHostCheck.check(socket, probe)));
  }

  /** Makes all checks at the same time; their findings keep their order. */
  private static List<Finding> together(List<Supplier<List<Finding>>> checks) {
    List<CompletableFuture<List<Finding>>> running =
        checks.stream()
            .map(check -> CompletableFuture.supplyAsync(check, VendorChecks::startThread))
            .toList();
    return running.stream().flatMap(check -> check.join().stream()).toList();
  }

  private static void startThread(Runnable check) {
    Thread.ofVirtual().name("check").start(check);
  }
}
