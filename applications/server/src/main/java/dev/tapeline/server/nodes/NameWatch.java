package dev.tapeline.server.nodes;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Detects that another process reports under this node's name: its report repeatedly stands in the
 * place of this node's own. A single such report may be from an earlier process. Safe for all
 * threads.
 */
final class NameWatch {

  private static final Logger log = LoggerFactory.getLogger(NameWatch.class);

  /**
   * The name counts as shared when there are this many more reports of others than own ones, until
   * the difference is 0.
   */
  private static final int SHARED = 3;

  /** The largest difference that is counted, so that the end is noticed within seconds. */
  private static final int MOST = 5;

  private final String node;
  private final JsonMapper json = new JsonMapper();
  private int others;
  private Optional<String> rival = Optional.empty();

  NameWatch(String node) {
    this.node = node;
  }

  /** The process that has the same name, as far as it is known. */
  synchronized Optional<String> rival() {
    return rival;
  }

  /**
   * Notes the report that this node's own has replaced.
   *
   * @param own this node's report
   * @param before the report in its place; empty if there was none
   */
  synchronized void saw(NodeReport own, String before) {
    Optional<String> other = process(before).filter(it -> !it.equals(process(own)));
    if (other.isEmpty()) {
      others = Math.max(0, others - 1);
      if (others == 0 && rival.isPresent()) {
        log.info("no other node is named {} any more", node);
        rival = Optional.empty();
      }
      return;
    }
    others = Math.min(MOST, others + 1);
    if (others >= SHARED && rival.isEmpty()) {
      rival = other;
      log.warn(
          "another node is named {} too: {}; give each its own TAPELINE_NODE", node, other.get());
    }
  }

  private static String process(NodeReport report) {
    return process(report.host(), report.pid(), report.startedAt());
  }

  private Optional<String> process(String report) {
    if (report.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode told = json.readTree(report);
      return Optional.of(
          process(
              told.path("host").asString("?"),
              told.path("pid").asLong(0),
              told.path("startedAt").asLong(0)));
    } catch (JacksonException e) {
      log.debug("the report under the name of this node can't be read", e);
      return Optional.empty();
    }
  }

  private static String process(String host, long pid, long startedAt) {
    return "host %s, process %d, started at %d".formatted(host, pid, startedAt);
  }
}
