package dev.tapeline.chaos.run;

import dev.tapeline.chaos.ChaosException;
import dev.tapeline.chaos.client.ChaosPublisher;
import dev.tapeline.chaos.client.Costs;
import dev.tapeline.chaos.client.Recorder;
import dev.tapeline.chaos.client.RedisDoor;
import dev.tapeline.chaos.fault.FaultSchedule;
import dev.tapeline.chaos.fault.Injector;
import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.chaos.fault.Stand;
import dev.tapeline.chaos.history.Checker;
import dev.tapeline.chaos.history.Entry;
import dev.tapeline.chaos.history.Event;
import dev.tapeline.chaos.history.RecordVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs schedules, one after the other, on one stand: a workload, faults, a quiet end, and the
 * verdict on the record. Only the record of a broken law is kept. Owned by one thread.
 */
final class ChaosRun implements AutoCloseable {

  private static final Duration SETTLE = Duration.ofSeconds(30);
  private static final long STEADY_MILLIS = 500;
  private static final int PUBLISHERS = 2;
  private static final int QUIET_ATTEMPTS = 3;

  private final Plan plan;
  private final Stand stand;
  private final Consumer<String> out;

  /** Starts the stand. */
  ChaosRun(Plan plan, Consumer<String> out) {
    this.plan = plan;
    this.out = out;
    System.setProperty("jdk.httpclient.receiveBufferSize", "16384"); // so that it can fill up
    this.stand = new Stand(plan.nodes(), plan.kind(), plan.persists(), settings());
  }

  /** Small rings, so that they are overrun; limits that a storm doesn't reach. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("TAPELINE_RING_BYTES", "65536");
    settings.put("MAX_CHANNELS", "2000");
    settings.put("TAPELINE_DURABLE", Workload.DURABLE);
    return settings;
  }

  /** Runs the plan's schedule of this number, from 0. */
  Outcome run(int number) {
    long seed = plan.seed() + number;
    return run(FaultSchedule.of(seed, plan.nodes(), plan.kind()), "s" + number + "x" + seed);
  }

  private Outcome run(FaultSchedule schedule, String id) {
    Workload workload = new Workload(id, plan.durable());
    Costs costs = new Costs();
    Path file = stand.folder().resolve(id + ".record");
    try (Recorder recorder = new Recorder(file)) {
      record(schedule, workload, recorder, costs);
    }
    RecordVerdict verdict = judge(file);
    keep(file, verdict);
    return new Outcome(schedule, verdict, costs.sums());
  }

  private void record(FaultSchedule schedule, Workload workload, Recorder recorder, Costs costs) {
    stand.awaitReady();
    try (RedisDoor door = new RedisDoor(stand.store());
        Crowds crowds = new Crowds(stand, workload, recorder, costs, schedule.seed())) {
      settle(crowds);
      List<ChaosPublisher> publishers = publishers(workload, door, recorder, schedule.seed());
      Pause.millis(STEADY_MILLIS);
      new Injector(stand, crowds, (name, detail) -> recorder.record(new Event.Fault(name, detail)))
          .run(schedule);
      publishers.forEach(ChaosPublisher::stop);
      end(workload, door, recorder, publishers.getFirst(), crowds);
      publishers.forEach(ChaosPublisher::close);
    }
  }

  /** Waits until the clients are settled; what does not settle in time shows as a broken law. */
  private static void settle(Crowds crowds) {
    Pause.became(SETTLE, () -> crowds.unsettled() == 0);
  }

  private List<ChaosPublisher> publishers(
      Workload workload, RedisDoor door, Recorder recorder, long seed) {
    List<ChaosPublisher> publishers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      publishers.add(
          new ChaosPublisher("p" + i, door, workload.targets(), recorder, 5 + 15L * i, seed + i));
    }
    return publishers;
  }

  private void end(
      Workload workload,
      RedisDoor door,
      Recorder recorder,
      ChaosPublisher publisher,
      Crowds crowds) {
    int attempts = 0;
    while (!hasQuietEnd(door, recorder, publisher, crowds) && ++attempts < QUIET_ATTEMPTS) {
      Pause.millis(STEADY_MILLIS);
    }
    if (plan.durable()) {
      QuietEnd.logs(
          door, workload.targets().stream().filter(t -> t.way().isDurable()).toList(), recorder);
    }
    recorder.record(new Event.Ended());
  }

  /**
   * Publishes the last ones when all works again; false if a failover came in between, which may
   * begin late.
   */
  private boolean hasQuietEnd(
      RedisDoor door, Recorder recorder, ChaosPublisher publisher, Crowds crowds) {
    stand.awaitReady();
    crowds.probe();
    settle(crowds);
    if (plan.durable()) {
      QuietEnd.awaitAdopters(door);
    }
    publisher.startOver();
    List<OptionalInt> owners = QuietEnd.owners(stand.store());
    recorder.record(new Event.Quiet());
    Map<String, String> newest = publisher.publishLast(SETTLE);
    boolean came = Pause.became(QuietEnd.LIMIT, () -> crowds.haveNewest(newest));
    return came || owners.equals(QuietEnd.owners(stand.store()));
  }

  private static RecordVerdict judge(Path file) {
    try (Stream<Entry> record = Recorder.read(file)) {
      return Checker.check(record);
    }
  }

  private void keep(Path file, RecordVerdict verdict) {
    try {
      if (verdict.isClean() && !plan.keepsAll()) {
        Files.delete(file);
      } else {
        Files.createDirectories(plan.kept());
        Path to = plan.kept().resolve(String.valueOf(file.getFileName()));
        Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
        out.accept("the record is " + to);
      }
    } catch (IOException e) {
      throw new ChaosException("a record can't be put away", e);
    }
  }

  @Override
  public void close() {
    stand.close();
  }
}
