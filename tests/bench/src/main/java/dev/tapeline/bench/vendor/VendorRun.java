package dev.tapeline.bench.vendor;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.TemporaryFolder;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.bench.subscriber.LatencySummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Starts Redis, the simulator of Dhan and a server, each in a process of its own, and clients in
 * this one; lets the market run, and measures.
 */
final class VendorRun implements AutoCloseable {

  private static final Duration COMPLETE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final VendorPlan plan;
  private final long startMicros = SentTime.nowMicros();
  private final TemporaryFolder folder;
  private final List<AutoCloseable> started = new ArrayList<>();

  VendorRun(VendorPlan plan) throws IOException {
    this.plan = plan;
    this.folder = TemporaryFolder.make();
  }

  VendorReport run() throws IOException, InterruptedException {
    int redisPort = freePort();
    Child redis =
        start(
            "redis",
            redisPort,
            RedisProgram.command(plan.redis(), folder.path(), redisPort),
            Map.of());
    int marketPort = freePort();
    Child market = start("simulator", marketPort, market(marketPort), Map.of());
    int port = freePort();
    Child server =
        start(
            "server",
            port,
            Child.java("dev.tapeline.server.Main", "serve"),
            environment(port, redisPort, marketPort));
    TickClient.Measurement during = new TickClient.Measurement(startMicros);
    List<TickClient> clients = clients(port, during);
    if (!Waiting.until(() -> clients.stream().allMatch(TickClient::isComplete), COMPLETE, LOOK)) {
      throw new BenchException(
          "the market does not reach the clients: %s; %s"
              .formatted(problems(clients), server.lastOutput()));
    }
    Waiting.pause(millis(plan.warmUp()));
    return measure(new Processes(server, redis, market), clients, during);
  }

  private Child start(String name, int port, List<String> command, Map<String, String> environment)
      throws InterruptedException {
    Child child = Child.start(name, folder.path(), port, command, environment);
    started.add(child);
    return child;
  }

  private List<String> market(int port) {
    List<String> command =
        Child.java(
            "dev.tapeline.bench.Main",
            "market",
            "--instruments=" + plan.instruments(),
            "--rate=" + plan.rate(),
            "--start-micros=" + startMicros,
            "--port=" + port);
    if (plan.packed()) {
      command.add("--packed");
    }
    return command;
  }

  private Map<String, String> environment(int port, int redisPort, int marketPort)
      throws IOException {
    Path watched = folder.path().resolve("watched");
    Files.write(
        watched,
        IntStream.range(0, plan.instruments()).mapToObj(i -> PacedMarket.PREFIX + i).toList());
    return Map.ofEntries(
        Map.entry("PORT", Integer.toString(port)),
        Map.entry("REDIS_WS_GATEWAY_PORT", "0"),
        Map.entry("TAPELINE_BIND_HOST", "127.0.0.1"),
        Map.entry("REDIS_URL", "redis://127.0.0.1:" + redisPort),
        Map.entry("TAPELINE_DATA", folder.path().toString()),
        Map.entry("MAX_CHANNELS_PER_CLIENT", "100000"),
        Map.entry("DHANHQ_CLIENT_ID", "1100000001"),
        Map.entry("DHANHQ_ACCESS_TOKEN", "simulated-token"),
        Map.entry(
            "TAPELINE_FEEDS",
            ("dhan hours=always mode=quote watch-file=%2$s socket-url=ws://127.0.0.1:%1$d"
                    + " rest-url=http://127.0.0.1:%1$d/v2"
                    + " master-url=http://127.0.0.1:%1$d/api-data/api-scrip-master-detailed.csv")
                .formatted(marketPort, watched)));
  }

  private List<TickClient> clients(int port, TickClient.Measurement during) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    List<TickClient> clients = new ArrayList<>();
    for (int i = 0; i < plan.clients(); i++) {
      int first = plan.first(i);
      TickClient client = new TickClient(server, first, plan.first(i + 1) - first, during);
      started.add(client);
      clients.add(client);
    }
    return clients;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis((long) (seconds * 1e3));
  }

  /** The processes whose processor time counts, besides this one. */
  private record Processes(Child server, Child redis, Child simulator) {

    /** What each has used so far, and this process with the clients, in seconds. */
    VendorReport.Cores used() {
      return new VendorReport.Cores(
          server.cpuSeconds(),
          redis.cpuSeconds(),
          simulator.cpuSeconds(),
          ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                  .getProcessCpuTime()
              / 1e9);
    }
  }

  private VendorReport measure(
      Processes processes, List<TickClient> clients, TickClient.Measurement during)
      throws InterruptedException {
    VendorReport.Cores before = processes.used();
    long begin = System.nanoTime();
    during.begin();
    Waiting.pause(millis(plan.seconds()));
    during.end();
    double seconds = (System.nanoTime() - begin) / 1e9;
    VendorReport.Cores used = processes.used();
    clients.forEach(TickClient::close);
    Histogram all = new Histogram(3);
    clients.forEach(client -> all.add(client.micros()));
    return new VendorReport(
        plan,
        seconds,
        (long) (plan.ticksPerSecond() * seconds),
        all.getTotalCount(),
        LatencySummary.of(all),
        new VendorReport.Cores(
            (used.server() - before.server()) / seconds,
            (used.redis() - before.redis()) / seconds,
            (used.simulator() - before.simulator()) / seconds,
            (used.clients() - before.clients()) / seconds));
  }

  private static String problems(List<TickClient> clients) {
    return clients.stream()
        .map(client -> String.valueOf(client.problem()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Ends all, the newest first, and removes their files. */
  @Override
  public void close() {
    for (AutoCloseable one : started.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        throw new BenchException("can't end what was started: " + e.getMessage(), e);
      }
    }
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
