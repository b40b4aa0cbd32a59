package dev.tapeline.server.nodes;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notices that another process tells of itself under this node's name: time and again its report is
 * there where this node's own should be. One such report alone may be of a process that ran before
 * this one. Safe for all threads.
 */
final class NameWatch {

  private static final Logger log = LoggerFactory.getLogger(NameWatch.class);

  /** So many reports of others more than own ones, and the name counts as shared; 0 ends that. */
  private static final int SHARED = 3;

  /** More are not counted, so that the end is noticed within seconds. */
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
   * Notes what was there when this node told of itself.
   *
   * @param own what this node tells
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
