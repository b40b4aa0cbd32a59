package dev.tapeline.bench.host;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often something is measured that takes the processor time of one thread.
 *
 * @param warmUp the seconds before, in which the code is compiled
 * @param times how often, of which the median counts
 * @param rounds of the sample each time
 */
public record Effort(double warmUp, int times, int rounds) {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The processor time of the calling thread so far, ns. */
  public static long threadNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /**
   * Measures on the calling thread.
   *
   * @param turn measures once
   * @param cost what results are put in order by
   */
  public <T> T median(Supplier<T> turn, ToDoubleFunction<T> cost) {
    long end = System.nanoTime() + (long) (warmUp * 1e9);
    while (System.nanoTime() - end < 0) {
      T _ = turn.get();
    }
    List<T> sorted =
        IntStream.range(0, times)
            .mapToObj(_ -> turn.get())
            .sorted(Comparator.comparingDouble(cost))
            .toList();
    return sorted.get(sorted.size() / 2);
  }
}
