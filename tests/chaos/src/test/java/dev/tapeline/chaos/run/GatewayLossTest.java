package dev.tapeline.chaos.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.chaos.client.ChaosPublisher;
import dev.tapeline.chaos.client.Costs;
import dev.tapeline.chaos.client.Recorder;
import dev.tapeline.chaos.client.RedisDoor;
import dev.tapeline.chaos.client.ServerTarget;
import dev.tapeline.chaos.client.Subscriber;
import dev.tapeline.chaos.client.Wish;
import dev.tapeline.chaos.fault.Link.Weather;
import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.chaos.fault.Stand;
import dev.tapeline.chaos.fault.Store;
import dev.tapeline.chaos.history.Checker;
import dev.tapeline.chaos.history.Entry;
import dev.tapeline.chaos.history.Event;
import dev.tapeline.chaos.history.RecordVerdict;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway is killed under a thousand clients, which go on at another one. */
@Timeout(180)
class GatewayLossTest {

  private static final int CLIENTS = 1_000;
  private static final int CHANNELS = 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Map<String, String> SETTINGS =
      Map.of("MAX_CONNECTIONS_PER_IP", "5000", "TAPELINE_CONNECT_RATE_PER_IP", "5000");

  @TempDir private Path folder;

  private final Costs costs = new Costs();
  private final List<Subscriber> clients = new ArrayList<>();

  @Test
  void eachClientHasEachNumberOnceThroughAnotherGateway() {
    Path file = folder.resolve("record");
    String log;
    List<ServerTarget> targets =
        IntStream.range(0, CHANNELS)
            .mapToObj(i -> new ServerTarget("trade@LOSS" + i, ServerTarget.Way.CALL, false))
            .toList();
    try (Stand stand = new Stand(2, Store.Kind.SINGLE, false, SETTINGS);
        Recorder recorder = new Recorder(file);
        RedisDoor redis = new RedisDoor(stand.store());
        ChaosPublisher publisher = new ChaosPublisher("p", redis, targets, recorder, 20, 1)) {
      stand.sites().get(1).downstream().become(new Weather.Closed());
      connect(stand, targets, recorder);
      awaitSettled();
      stand.sites().get(1).downstream().become(new Weather.Fair());
      stand.sites().get(0).node().kill();
      Pause.until("all have lost the gateway", LIMIT, () -> costs.sums().losses() >= CLIENTS);
      awaitSettled();
      publisher.stop();
      recorder.record(new Event.Quiet());
      Map<String, String> newest = publisher.publishLast(LIMIT);
      Pause.until(
          "all have the newest", LIMIT, () -> clients.stream().allMatch(c -> c.hasNewest(newest)));
      recorder.record(new Event.Ended());
      clients.forEach(Subscriber::close);
      log = stand.sites().get(1).node().log();
      assertFewReads(stand, stand.sites().get(1));
    }
    judge(file, log);
  }

  /** All to the first gateway, as the way to the second one is closed. */
  private void connect(Stand stand, List<ServerTarget> targets, Recorder recorder) {
    List<Subscriber.Door> doors =
        stand.sites().stream()
            .map(site -> new Subscriber.Door(site.node().name(), site.downstream().port()))
            .toList();
    for (int i = 0; i < CLIENTS; i++) {
      List<Wish> wishes = List.of(Wish.all(targets.get(i % CHANNELS).channel()));
      clients.add(new Subscriber("c" + i, stand.http(), doors, wishes, recorder, costs, i));
    }
  }

  private void awaitSettled() {
    Pause.until(
        "all are subscribed", LIMIT, () -> clients.stream().allMatch(Subscriber::isSettled));
  }

  /** Checks that missed publications are read once for all clients of a channel. */
  private static void assertFewReads(Stand stand, Stand.Site survivor) {
    URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(survivor.node().port()));
    double reads =
        stand
            .http()
            .sendAsync(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
            .join()
            .body()
            .filter(line -> line.startsWith("tapeline_log_reads_total "))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
            .sum();
    System.out.println("gateway lost: logs read " + reads);
    assertTrue(reads >= 1 && reads <= 3 * CHANNELS, "logs read: " + reads);
  }

  /**
   * @param log what the survivor has said, which may tell why it refused somebody
   */
  private void judge(Path file, String log) {
    Costs.Sums sums = costs.sums();
    System.out.println("gateway lost: " + sums);
    try (Stream<Entry> record = Recorder.read(file)) {
      RecordVerdict verdict = Checker.check(record);
      assertEquals(List.of(), verdict.findings());
      assertTrue(verdict.frames() > CLIENTS);
    }
    assertEquals(0, sums.refused() + sums.epochs() + sums.gaps(), () -> sums + "\n" + log);
    assertTrue(sums.recovered() >= CLIENTS, sums.toString());
  }
}
