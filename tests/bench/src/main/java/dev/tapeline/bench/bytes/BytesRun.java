package dev.tapeline.bench.bytes;

import dev.tapeline.bench.cli.BenchException;
import dev.tapeline.bench.host.Waiting;
import dev.tapeline.bench.server.Target;
import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.core.Publication;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.server.cli.TrustedCertificates;
import dev.tapeline.tls.TlsFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A run that measures the cost of an option chain for many clients, in each form that they may ask
 * for: bytes on the wire, and processor time of the gateway's own threads, in this process.
 */
final class BytesRun {

  private static final String CHANNEL = Channels.optionChain("BENCH", "1");
  private static final long SHORTEST_QUIET_MILLIS = 100;
  private static final long LONGEST_QUIET_MILLIS = 500;
  private static final int WARM_UP = 3;
  private static final Set<String> SERVERS =
      Set.of("tapeline-lane", "tapeline-bus", "tapeline-handshake");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final int clients;
  private final int snapshots;
  private final Duration every;
  private final @Nullable TlsFiles tls;

  /**
   * @param tls the certificate for measuring over TLS too; null for measuring without TLS only
   */
  BytesRun(int clients, int snapshots, Duration every, @Nullable TlsFiles tls) {
    this.clients = clients;
    this.snapshots = snapshots;
    this.every = every;
    this.tls = tls;
  }

  /**
   * The costs of one form for each snapshot.
   *
   * @param openMicros of the lanes and the threads that sign for them, to accept one client
   * @param bytes to one client
   * @param laneMillis of the lanes, for all clients
   * @param publishMillis of the appending thread, once for all clients
   */
  record Cost(
      String rows,
      boolean compressed,
      boolean delta,
      boolean tls,
      double openMicros,
      long bytes,
      double laneMillis,
      double publishMillis) {}

  List<Cost> run() throws IOException, InterruptedException {
    List<Cost> costs = new ArrayList<>();
    for (boolean byStrike : new boolean[] {false, true}) {
      for (boolean delta : new boolean[] {false, true}) {
        for (boolean compressed : new boolean[] {false, true}) {
          costs.add(measure(byStrike, compressed, delta, null));
          if (tls != null) {
            costs.add(measure(byStrike, compressed, delta, tls));
          }
        }
      }
    }
    return costs;
  }

  private Cost measure(boolean byStrike, boolean compressed, boolean delta, @Nullable TlsFiles over)
      throws IOException, InterruptedException {
    SubscribePlan plan = new SubscribePlan(clients, 1, 1, "bench:", false, 0, 0);
    String extensions = compressed ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "";
    String subscribe =
        "{\"action\":\"subscribe\",\"requestId\":\"%s\",\"channels\":[{\"channel\":\"%s\"%s}]}"
            .formatted("x".repeat(80), CHANNEL, delta ? ",\"delta\":true" : "");
    try (Target target =
        Target.inProcess(
            plan, Target.settings().gateway(), Target.settings().durable(), null, over)) {
      long before = serverNanos();
      try (ByteClients all =
          new ByteClients(target.address(), clients, extensions, subscribe, trust(over))) {
        settle(all);
        double openMicros = (serverNanos() - before) / 1e3 / clients;
        MovingChain chain = new MovingChain();
        publish(target, chain, byStrike, WARM_UP);
        settle(all);
        long bytes = all.received();
        long lanes = serverNanos();
        long own = THREADS.getCurrentThreadCpuTime();
        long making = publish(target, chain, byStrike, snapshots);
        settle(all);
        return new Cost(
            byStrike ? "by strike" : "array",
            compressed,
            delta,
            over != null,
            openMicros,
            (all.received() - bytes) / snapshots / clients,
            (serverNanos() - lanes) / 1e6 / snapshots,
            (THREADS.getCurrentThreadCpuTime() - own - making) / 1e6 / snapshots);
      }
    }
  }

  private static @Nullable SSLContext trust(@Nullable TlsFiles over) throws IOException {
    try {
      return over == null ? null : TrustedCertificates.only(over.certificate());
    } catch (GeneralSecurityException e) {
      throw new BenchException("--tls-cert can't be trusted: " + e.getMessage(), e);
    }
  }

  /** Publishes snapshots; returns the processor time that making them took. */
  private long publish(Target target, MovingChain chain, boolean byStrike, int count)
      throws InterruptedException {
    long making = 0;
    for (int i = 0; i < count; i++) {
      long begun = THREADS.getCurrentThreadCpuTime();
      byte[] payload = chain.next(byStrike);
      making += THREADS.getCurrentThreadCpuTime() - begun;
      target.bus().publish(List.of(Publication.of(CHANNEL, payload))).toCompletableFuture().join();
      Waiting.pause(every);
    }
    return making;
  }

  /** Waits until nothing comes any more. */
  private void settle(ByteClients all) throws InterruptedException {
    Duration quiet =
        Duration.ofMillis(
            Math.clamp(2 * every.toMillis(), SHORTEST_QUIET_MILLIS, LONGEST_QUIET_MILLIS));
    long before = -1;
    while (before != all.received()) {
      before = all.received();
      Waiting.pause(quiet);
    }
  }

  private static long serverNanos() {
    long sum = 0;
    for (long id : THREADS.getAllThreadIds()) {
      var info = THREADS.getThreadInfo(id);
      if (info != null && SERVERS.stream().anyMatch(info.getThreadName()::startsWith)) {
        sum += THREADS.getThreadCpuTime(id);
      }
    }
    return sum;
  }
}
