package dev.tapeline.bench.host;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * The memory in use after a collection; null where it is unknown.
 *
 * @param heapBytes of this process, with the load tool in it
 * @param nettyDirectBytes rings and connections of a gateway in this process
 * @param jdkDirectBytes direct buffers of the JDK; on some JVMs Netty's are among them
 * @param residentBytes of this process
 * @param serverResidentBytes of the server's process, if it is another process
 * @param kernelTcpBytes of all TCP sockets of the machine, both ends
 */
public record MemoryUse(
    long heapBytes,
    long nettyDirectBytes,
    long jdkDirectBytes,
    @Nullable Long residentBytes,
    @Nullable Long serverResidentBytes,
    @Nullable Long kernelTcpBytes) {

  /**
   * The memory in use now, after a collection.
   *
   * @param serverPid null if the server is in this process
   */
  public static MemoryUse now(@Nullable Long serverPid) {
    System.gc();
    return new MemoryUse(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
            + UnpooledByteBufAllocator.DEFAULT.metric().usedDirectMemory(),
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum(),
        ProcFiles.residentBytes("self"),
        serverPid == null ? null : ProcFiles.residentBytes(serverPid.toString()),
        ProcFiles.socketBytes());
  }
}
