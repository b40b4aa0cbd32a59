package dev.tapeline.chaos.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The times of all faults, made from a seed alone: the same seed gives the same schedule for the
 * same kind of stand.
 *
 * @param millis the duration of the faults, before the quiet end
 */
public record FaultSchedule(long seed, long millis, List<Step> steps) {

  private static final int MIN_STEPS = 2;
  private static final int MAX_STEPS = 5;
  private static final long FIRST_MILLIS = 300;
  private static final long SPREAD_MILLIS = 3_500;

  public FaultSchedule {
    steps = List.copyOf(steps);
  }

  /**
   * A fault.
   *
   * @param target the number of the node, client or part of the data, for faults of one of them
   * @param lastsMillis until it is healed
   * @param strength how strong it is, from 0 to 99
   */
  public record Step(long atMillis, Fault fault, int target, long lastsMillis, int strength) {

    @Override
    public String toString() {
      return "%s of %d at %d ms for %d ms, strength %d"
          .formatted(fault, target, atMillis, lastsMillis, strength);
    }
  }

  /**
   * Makes a schedule.
   *
   * @param nodes how many there are
   * @param kind of the stand's Redis
   */
  public static FaultSchedule of(long seed, int nodes, Store.Kind kind) {
    List<Fault> faults = Fault.of(kind);
    RandomGenerator random = new SplittableRandom(seed);
    List<Step> steps = new ArrayList<>();
    int count = random.nextInt(MIN_STEPS, MAX_STEPS + 1);
    for (int i = 0; i < count; i++) {
      steps.add(step(random, faults, nodes));
    }
    steps.sort(Comparator.comparingLong(Step::atMillis));
    long end = steps.stream().mapToLong(s -> s.atMillis() + s.lastsMillis()).max().orElse(0);
    return new FaultSchedule(seed, end, steps);
  }

  private static Step step(RandomGenerator random, List<Fault> faults, int nodes) {
    Fault fault = faults.get(random.nextInt(faults.size()));
    long at = FIRST_MILLIS + random.nextLong(SPREAD_MILLIS);
    return new Step(at, fault, random.nextInt(nodes), lasts(random, fault), random.nextInt(100));
  }

  /**
   * The duration of a fault; long faults outlast the timeouts of both ends of a link, or a
   * failover.
   */
  private static long lasts(RandomGenerator random, Fault fault) {
    return switch (fault) {
      case FLUSH_REDIS, KICK_SUBSCRIBERS, KICK_ALL, STORM, FAILOVER, MOVE_SLOT -> 0;
      case FREEZE_REDIS, FREEZE_NODE, DEAD_LINK ->
          random.nextBoolean() ? random.nextLong(100, 1_000) : random.nextLong(2_000, 7_000);
      case KILL_MASTER ->
          random.nextInt(4) == 0 ? random.nextLong(50, 1_000) : random.nextLong(4_000, 6_000);
      case FREEZE_MASTER -> random.nextLong(5_000, 8_000);
      default -> random.nextLong(50, 2_500);
    };
  }
}
