package dev.tapeline.server.settings.declaration;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory the JVM may take. The defaults of budgets are shares of it, so that they fit on
 * each machine.
 *
 * @param heap bytes for objects: {@code -Xmx}
 * @param direct bytes for buffers outside the heap: {@code -XX:MaxDirectMemorySize}, or as much as
 *     the heap
 */
public record Memory(long heap, long direct) {

  /** About what one client with one subscription takes, at rest or busy, in bytes. */
  public static final int CONNECTION_BYTES = 4 << 10;

  /** The memory of this JVM. */
  public static Memory ofThisProcess() {
    long heap = Runtime.getRuntime().maxMemory();
    String limit =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxDirectMemorySize")
            .getValue();
    long direct = Long.parseLong(limit);
    return new Memory(heap, direct == 0 ? heap : direct);
  }

  /** The part of the memory that a share is taken from. */
  enum Part {
    HEAP("heap"),
    DIRECT("direct memory");

    private final String words;

    Part(String words) {
      this.words = words;
    }
  }

  /**
   * A share of the memory, as the default of a budget.
   *
   * @param most what the share never exceeds, however much memory there is
   */
  public record Share(Part part, int divisor, long most) {

    private static final int KIB = 1 << 10;

    public static Share ofHeap(int divisor, long most) {
      return new Share(Part.HEAP, divisor, most);
    }

    public static Share ofDirect(int divisor, long most) {
      return new Share(Part.DIRECT, divisor, most);
    }

    /** At least 1. */
    long of(Memory memory) {
      long whole =
          switch (part) {
            case HEAP -> memory.heap();
            case DIRECT -> memory.direct();
          };
      return Math.clamp(whole / divisor, 1L, most);
    }

    @Override
    public String toString() {
      String by = divisor % KIB == 0 ? divisor / KIB + " KiB" : "" + divisor;
      return "%s / %s, at most %d".formatted(part.words, by, most);
    }
  }
}
