package dev.tapeline.server.nodes;

import dev.tapeline.core.Nodes;
import dev.tapeline.core.thread.OwnThread;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes the report of this node each second, and removes it at the end. Its thread is {@code
 * node}.
 */
public final class NodeReporter implements AutoCloseable {

  private static final long PERIOD_MILLIS = 1_000;
  private static final long FAREWELL_MILLIS = 500;
  private static final Logger log = LoggerFactory.getLogger(NodeReporter.class);

  private final Nodes nodes;
  private final String node;
  private final Supplier<NodeReport> self;
  private final BooleanSupplier told;
  private final JsonMapper json = new JsonMapper();
  private final ScheduledExecutorService thread = new OwnThread("node");
  private final NameWatch names;
  private volatile boolean failing;

  /**
   * @param told whether the log already says why nothing can be reported
   */
  public NodeReporter(Nodes nodes, String node, Supplier<NodeReport> self, BooleanSupplier told) {
    this.told = told;
    this.nodes = nodes;
    this.node = node;
    this.self = self;
    this.names = new NameWatch(node);
  }

  public NodeReporter start() {
    var _ = thread.scheduleWithFixedDelay(this::tell, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  /** Another process that has this node's name, if there seems to be one. */
  public Optional<String> sameName() {
    return names.rival();
  }

  private void tell() {
    NodeReport report = self.get();
    var _ =
        nodes
            .tell(node, json.writeValueAsString(report))
            .whenComplete((before, error) -> {
              if (error != null && !failing && !told.getAsBoolean()) {
                log.warn("can't report this node to the others: {}", error.getMessage());
              }
              failing = error != null;
              if (error == null) {
                names.saw(report, before);
              }
            });
  }

  /** Waits only a moment for Redis, which may be away. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      nodes
          .leave(node)
          .toCompletableFuture()
          .completeOnTimeout(null, FAREWELL_MILLIS, TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      log.debug("can't withdraw the report of {}", node, e);
    }
  }
}
