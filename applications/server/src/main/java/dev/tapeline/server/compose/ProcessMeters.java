package dev.tapeline.server.compose;

import dev.tapeline.server.settings.Version;
import dev.tapeline.server.settings.declaration.Memory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** The metrics of the process, from the JVM and the system. */
final class ProcessMeters implements AutoCloseable {

  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Binds all of them, which takes a while. */
  void bind(MeterRegistry meters) {
    new JvmMemoryMetrics().bindTo(meters);
    collections.bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    directMemory(meters);
    Gauge.builder("tapeline.build.info", () -> 1)
        .description("Always 1; its tags name the versions of program and JVM")
        .tag("version", Version.TEXT)
        .tag("java", Runtime.version().toString())
        .register(meters);
  }

  private static void directMemory(MeterRegistry meters) {
    Gauge.builder("tapeline.direct.memory.bytes", ProcessMeters::directBytes)
        .description("Memory outside the heap that buffers take, mainly those of rings and sockets")
        .register(meters);
    Gauge.builder("tapeline.direct.memory.limit.bytes", Memory.ofThisProcess()::direct)
        .description("Memory outside the heap that buffers may take")
        .register(meters);
  }

  /** The bytes that the JVM counts, or Netty if it allocates without the JVM. */
  private static long directBytes() {
    long jvm =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return Math.max(jvm, PlatformDependent.usedDirectMemory());
  }

  @Override
  public void close() {
    collections.close();
  }
}
