package dev.tapeline.chaos.day;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.tapeline.chaos.ChaosException;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Measures a node, which is another process, through the JVM's own management and {@code /proc}.
 * What it needs there itself (its threads and its connection) is left out or always the same. Owned
 * by one thread.
 */
final class NodeProbe implements AutoCloseable {

  /** Threads of the management itself and of the compilers, which come and go with their work. */
  private static final Pattern OTHERS =
      Pattern.compile("(RMI|JMX|Attach|Common-Cleaner|Signal|Reference|Finalizer|Notification).*");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final long pid;
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final ThreadMXBean threads;
  private final BufferPoolMXBean buffers;

  @SuppressWarnings("BanJNDI") // the other side is a process that the test itself has started
  NodeProbe(long pid) {
    this.pid = pid;
    try {
      connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(pid)));
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      memory = proxy(beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
      threads = proxy(beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
      buffers = proxy(beans, "java.nio:type=BufferPool,name=direct", BufferPoolMXBean.class);
    } catch (IOException | AttachNotSupportedException e) {
      throw new ChaosException("process %d can't be measured".formatted(pid), e);
    }
  }

  private static <T> T proxy(MBeanServerConnection beans, String name, Class<T> type)
      throws IOException {
    return ManagementFactory.newPlatformMXBeanProxy(beans, name, type);
  }

  private static String agent(long pid) throws IOException, AttachNotSupportedException {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
    try {
      return machine.startLocalManagementAgent();
    } finally {
      machine.detach();
    }
  }

  /** Collects garbage, and measures. */
  NodeSample sample() {
    memory.gc();
    return new NodeSample(
        memory.getHeapMemoryUsage().getUsed(), buffers.getMemoryUsed(), threads(), handles());
  }

  private Map<String, Integer> threads() {
    Map<String, Integer> names = new TreeMap<>();
    for (ThreadInfo info : threads.dumpAllThreads(false, false)) {
      String name = info.getThreadName();
      if (!OTHERS.matcher(name).matches()) {
        names.merge(NUMBER.matcher(name).replaceAll("*"), 1, Integer::sum);
      }
    }
    return names;
  }

  private Map<String, Integer> handles() {
    Map<String, Integer> kinds = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path handle : all) {
        count(handle, kinds);
      }
    } catch (IOException e) {
      throw new ChaosException("the handles of process %d can't be read".formatted(pid), e);
    }
    return kinds;
  }

  /** Counts a handle by its target, such as a socket; one that was closed meanwhile is none. */
  private static void count(Path handle, Map<String, Integer> kinds) throws IOException {
    try {
      String target = Files.readSymbolicLink(handle).toString();
      kinds.merge(NUMBER.matcher(target).replaceAll("*"), 1, Integer::sum);
    } catch (NoSuchFileException _) {
      kinds.merge("closed meanwhile", 0, Integer::sum);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      throw new ChaosException("the measuring of process %d can't be ended".formatted(pid), e);
    }
  }
}
