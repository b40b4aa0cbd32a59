package dev.tapeline.chaos.run;

import dev.tapeline.chaos.client.Costs;
import dev.tapeline.chaos.client.Recorder;
import dev.tapeline.chaos.client.Subscriber;
import dev.tapeline.chaos.fault.Injector;
import dev.tapeline.chaos.fault.Stand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The clients of one schedule. */
final class Crowds implements Injector.Crowd, AutoCloseable {

  private static final int STEADY = 8;
  private static final int STORM = 40;
  private static final int MAX_STORMS = 2;

  private final Stand stand;
  private final Workload workload;
  private final Recorder recorder;
  private final Costs costs;
  private final long seed;
  private final List<Subscriber> all = new ArrayList<>();
  private int storms;

  Crowds(Stand stand, Workload workload, Recorder recorder, Costs costs, long seed) {
    this.stand = stand;
    this.workload = workload;
    this.recorder = recorder;
    this.costs = costs;
    this.seed = seed;
    add(STEADY);
  }

  private synchronized void add(int count) {
    List<Subscriber.Door> doors =
        stand.sites().stream()
            .map(site -> new Subscriber.Door(site.node().name(), site.downstream().port()))
            .toList();
    for (int i = 0; i < count; i++) {
      int number = all.size();
      all.add(
          new Subscriber(
              "c" + number,
              stand.http(),
              doors,
              workload.wishes(number),
              recorder,
              costs,
              seed + number));
    }
  }

  @Override
  public synchronized void pause(int client, boolean now) {
    all.get(client % STEADY).pause(now);
  }

  @Override
  public synchronized void storm(int strength) {
    all.forEach(client -> client.drop("storm"));
    if (storms++ < MAX_STORMS) {
      add(STORM * (1 + strength) / 100);
    }
  }

  /**
   * Probes all clients, so that a cut that was not noticed yet shows before they count as settled.
   */
  synchronized void probe() {
    all.forEach(Subscriber::probe);
  }

  synchronized long unsettled() {
    return all.stream().filter(client -> !client.isSettled()).count();
  }

  synchronized boolean haveNewest(Map<String, String> digests) {
    return all.stream().allMatch(client -> client.hasNewest(digests));
  }

  @Override
  public synchronized void close() {
    all.forEach(Subscriber::close);
  }
}
