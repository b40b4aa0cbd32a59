package dev.tapeline.bench.load;

import com.sun.management.OperatingSystemMXBean;
import dev.tapeline.bench.host.ProcessCpu;
import dev.tapeline.bench.subscriber.Subscribers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time used until a moment, by user: the names of threads tell which part they belong to.
 *
 * @param lanes the event loops of a gateway in this process
 * @param otherTapeline its other threads, and those of the connection to Redis
 * @param all this whole process
 * @param serverProcess null if the server is in this process or its id is not known
 */
record CpuClock(
    long lanes,
    long otherTapeline,
    long publisher,
    long subscribers,
    long all,
    @Nullable Duration serverProcess) {

  private static final String LANE = "tapeline-lane";
  private static final String SERVER = "tapeline-";
  private static final double SECOND = 1e9;

  static CpuClock now(@Nullable Long serverPid) {
    return new CpuClock(
        nanos(LANE),
        nanos(SERVER) - nanos(LANE),
        nanos(LoadPublisher.THREAD),
        nanos(Subscribers.THREAD),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(),
        serverPid == null ? null : ProcessCpu.of(serverPid));
  }

  /** The time of all threads whose name has this prefix. */
  private static long nanos(String prefix) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().startsWith(prefix)) {
        sum += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return sum;
  }

  /** The time used since an earlier moment, in seconds. */
  LoadReport.Cpu since(CpuClock before) {
    long lanesUsed = lanes - before.lanes;
    long serverUsed = otherTapeline - before.otherTapeline;
    long publisherUsed = publisher - before.publisher;
    long subscribersUsed = subscribers - before.subscribers;
    long named = lanesUsed + serverUsed + publisherUsed + subscribersUsed;
    return new LoadReport.Cpu(
        lanesUsed / SECOND,
        serverUsed / SECOND,
        publisherUsed / SECOND,
        subscribersUsed / SECOND,
        Math.max(0, all - before.all - named) / SECOND,
        serverProcess == null || before.serverProcess == null
            ? null
            : serverProcess.minus(before.serverProcess).toMillis() / 1e3);
  }
}
