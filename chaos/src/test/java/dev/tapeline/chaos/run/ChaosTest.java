package dev.tapeline.chaos.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Schedules on real processes: a few, or with {@code -Pchaos} as many as asked for. The seed is
 * printed; {@code -Dchaos.seed} runs the same schedules again.
 */
class ChaosTest {

  private static final int SCHEDULES = Integer.getInteger("chaos.schedules", 6);
  private static final int PARALLEL = Integer.getInteger("chaos.parallel", 2);
  private static final boolean DURABLE =
      Boolean.parseBoolean(System.getProperty("chaos.durable", "true"));
  private static final boolean KEEP = Boolean.getBoolean("chaos.keep");
  private static final Path KEPT = Path.of("target", "chaos");

  private static long seed() {
    String given = System.getProperty("chaos.seed", "");
    return given.isEmpty()
        ? ThreadLocalRandom.current().nextLong(1_000_000_000)
        : Long.parseLong(given);
  }

  private static void holds(int nodes, boolean persists) {
    Plan plan = new Plan(seed(), SCHEDULES, PARALLEL, nodes, DURABLE, persists, KEPT, KEEP);
    System.out.println("chaos: " + plan);
    Summary summary = new ChaosRuns(plan, System.out::println).run();
    System.out.println(summary);
    assertTrue(summary.frames() > 0);
    assertEquals(List.of(), summary.broken());
  }

  @Test
  void lawsHoldOnOneNode() {
    holds(1, false);
  }

  @Test
  void lawsHoldOnTwoNodesWithARedisThatPersists() {
    holds(2, true);
  }
}
