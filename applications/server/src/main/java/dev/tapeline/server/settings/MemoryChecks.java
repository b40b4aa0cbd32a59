package dev.tapeline.server.settings;

import dev.tapeline.core.Finding;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.part.ConnectionSettings;
import dev.tapeline.server.settings.part.NodeRole;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The checks whether the settings fit the memory of the JVM. */
public final class MemoryChecks {

  private static final String MORE = "-Xmx in TAPELINE_JAVA_OPTS";

  /** The least that the buffers of sockets need beside the rings. */
  private static final long SOCKET_BUFFERS = 32L << 20;

  /** How many copies of a message the heap may hold while it is read, merged and written. */
  private static final int MESSAGES_IN_HEAP = 16;

  private final Settings settings;
  private final Memory memory;

  public MemoryChecks(Settings settings, Memory memory) {
    this.settings = settings;
    this.memory = memory;
  }

  /** How many clients there may be by default in a process with this memory. */
  public static int defaultConnections(Memory memory) {
    return ConnectionSettings.CONNECTIONS.fallback().in(memory);
  }

  /** One finding each for the heap, the longest message, and the direct memory of a gateway. */
  public List<Finding> findings() {
    Stream<Finding> heap = Stream.of(heap());
    Stream<Finding> gateway =
        settings.role().hasGateway() ? Stream.of(direct(), message()) : Stream.of(message());
    return Stream.concat(heap, gateway).toList();
  }

  private Finding heap() {
    long stores = keepsLogs() ? 2 * settings.logsTotalBytes() : 0;
    long connections =
        settings.role().hasGateway()
            ? (long) settings.gateway().connections().max() * Memory.CONNECTION_BYTES
            : 0;
    String text =
        "%s; logs, newest values and cache may take %s of it, connections about %s"
            .formatted(mib(memory.heap()), mib(stores), mib(connections));
    return level(
        "heap",
        stores + connections,
        memory.heap() / 4 * 3,
        memory.heap(),
        text,
        "raise %s, or lower tapeline-logs-total-bytes or max-connections".formatted(MORE));
  }

  /** Whether this process keeps logs, even if only while Redis is away. */
  private boolean keepsLogs() {
    return settings.redis() == null || settings.role() == NodeRole.ALL;
  }

  private Finding direct() {
    long rings = settings.gateway().hub().ringsTotalBytes();
    String text = "%s; rings may take %s of it".formatted(mib(memory.direct()), mib(rings));
    return level(
        "direct memory",
        rings,
        memory.direct() / 4 * 3,
        Math.max(1, memory.direct() - SOCKET_BUFFERS),
        text,
        "raise -XX:MaxDirectMemorySize or %s, or lower tapeline-rings-total-bytes".formatted(MORE));
  }

  private Finding message() {
    long longest =
        LongStream.of(
                settings.gateway().hub().maxPayloadBytes(),
                settings.gateway().clients().maxMessageBytes(),
                settings.rest().maxBodyBytes())
            .max()
            .orElseThrow();
    long most = memory.heap() / MESSAGES_IN_HEAP;
    return level(
        "longest message",
        longest,
        most,
        memory.heap() / 2,
        "%d bytes, in a heap of %s".formatted(longest, mib(memory.heap())),
        ("raise %s, or lower tapeline-max-payload-bytes, tapeline-max-message-bytes and"
                + " tapeline-rest-max-body-bytes to at most %d")
            .formatted(MORE, most));
  }

  private static Finding level(
      String subject, long needed, long good, long most, String text, String remedy) {
    if (needed > most) {
      return Finding.fail(subject, text + ": it does not fit", remedy);
    }
    return needed > good
        ? Finding.warn(subject, text + ": it may not fit", remedy)
        : Finding.ok(subject, text);
  }

  private static String mib(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
