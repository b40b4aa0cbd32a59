package dev.tapeline.bench.host;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The processor time of other processes. */
public final class ProcessCpu {

  private ProcessCpu() {}

  /** The processor time that a process has used so far; null if it has ended. */
  public static @Nullable Duration of(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).orElse(null);
  }
}
