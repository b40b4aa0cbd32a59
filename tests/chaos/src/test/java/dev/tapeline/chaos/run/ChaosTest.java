package dev.tapeline.chaos.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.chaos.fault.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Schedules on real processes: a few, or with {@code -Pchaos} as many as asked for. The seed is
 * printed; {@code -Dchaos.seed} runs the same schedules again.
 */
class ChaosTest {

  private static final int SCHEDULES = Integer.getInteger("chaos.schedules", 2);
  private static final int PARALLEL = Integer.getInteger("chaos.parallel", 2);
  private static final boolean DURABLE =
      Boolean.parseBoolean(System.getProperty("chaos.durable", "true"));
  private static final boolean KEEP = Boolean.getBoolean("chaos.keep");
  private static final Path KEPT = Path.of("target", "chaos");
  private static final List<Summary> SUMMARIES = new ArrayList<>();

  private static long seed() {
    String given = System.getProperty("chaos.seed", "");
    return given.isEmpty()
        ? ThreadLocalRandom.current().nextLong(1_000_000_000)
        : Long.parseLong(given);
  }

  private static Plan plan(Store.Kind kind, int schedules, int nodes, boolean persists) {
    return new Plan(seed(), schedules, PARALLEL, nodes, kind, DURABLE, persists, KEPT, KEEP);
  }

  private static void holds(Plan plan) {
    System.out.println("chaos: " + plan);
    Summary summary = new ChaosRuns(plan, System.out::println).run();
    System.out.println(summary);
    SUMMARIES.add(summary);
    assertTrue(summary.frames() > 0);
    assertEquals(List.of(), summary.broken());
    assertTrue(summary.unjudged() * 50 <= plan.schedules(), () -> "not judged: " + summary);
  }

  @AfterAll
  static void showAll() {
    System.out.println("chaos: all stands");
    System.out.println(Summary.of(SUMMARIES));
  }

  @Test
  void lawsHoldOnOneNode() {
    holds(plan(Store.Kind.SINGLE, SCHEDULES, 1, false));
  }

  @Test
  void lawsHoldOnTwoNodesWithARedisThatPersists() {
    holds(plan(Store.Kind.SINGLE, SCHEDULES, 2, true));
  }

  @Test
  void lawsHoldOnSentinel() {
    holds(plan(Store.Kind.SENTINEL, SCHEDULES, 2, false));
  }

  @Test
  void lawsHoldOnACluster() {
    holds(plan(Store.Kind.CLUSTER, SCHEDULES, 2, false));
  }
}
