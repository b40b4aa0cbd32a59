package dev.tapeline.server.config;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory the JVM may take. The defaults of budgets are shares of it, so that they fit on
 * each machine; only where there is plenty do they reach their most.
 *
 * @param heap bytes for objects: {@code -Xmx}
 * @param direct bytes for buffers outside the heap: {@code -XX:MaxDirectMemorySize}, or as much as
 *     the heap
 */
public record Memory(long heap, long direct) {

  /** One client with one subscription, at rest or busy, in bytes, about. */
  static final int CONNECTION_BYTES = 4 << 10;

  private static final int QUARTER = 4;
  private static final int RINGS_IN_TOTAL = 16;

  /** That of this JVM. */
  public static Memory ofThisProcess() {
    long heap = Runtime.getRuntime().maxMemory();
    String limit =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxDirectMemorySize")
            .getValue();
    long direct = Long.parseLong(limit);
    return new Memory(heap, direct == 0 ? heap : direct);
  }

  long ringsTotalBytes() {
    return Math.clamp(direct / QUARTER, 1, Tuning.MOST_RINGS_TOTAL_BYTES);
  }

  int ringBytes() {
    return Math.clamp(ringsTotalBytes() / RINGS_IN_TOTAL, 1, Tuning.MOST_RING_BYTES);
  }

  long logsTotalBytes() {
    return Math.clamp(heap / QUARTER, 1, Tuning.MOST_LOGS_TOTAL_BYTES);
  }

  /** How many clients there may be by default. */
  public int connections() {
    return Math.clamp(heap / QUARTER / CONNECTION_BYTES, 1, Limits.MOST_CONNECTIONS);
  }
}
