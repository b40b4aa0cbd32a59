package dev.tapeline.plant.watch;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Writes and reads the chains of one source as JSON. */
final class PolledChainsJson {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Logger log = LoggerFactory.getLogger(PolledChainsJson.class);

  private PolledChainsJson() {}

  static String write(List<PolledChain> chains) {
    ArrayNode list = JSON.createArrayNode();
    for (PolledChain chain : chains) {
      list.addObject()
          .put("symbol", chain.symbol())
          .put("expiry", chain.expiry())
          .put("source", chain.source())
          .put("effectiveInterval", chain.effectiveInterval())
          .put("lastSuccess", chain.lastSuccess())
          .put("failures", chain.failures())
          .put("stale", chain.stale())
          .put("lastProblem", chain.lastProblem());
    }
    return JSON.writeValueAsString(list);
  }

  /** The chains of a text; none that can't be read. */
  static List<PolledChain> read(String text) {
    List<PolledChain> chains = new ArrayList<>();
    try {
      for (JsonNode node : JSON.readTree(text)) {
        PolledChain chain = chain(node);
        if (PolledChains.isUsable(chain)) {
          chains.add(chain);
        }
      }
    } catch (JacksonException e) {
      log.debug("what another node polls can't be read", e);
    }
    return chains;
  }

  private static PolledChain chain(JsonNode node) {
    JsonNode problem = node.path("lastProblem");
    return new PolledChain(
        node.path("symbol").asString(""),
        node.path("expiry").asString(""),
        node.path("source").asString(""),
        0,
        node.path("effectiveInterval").asLong(0),
        node.path("lastSuccess").asLong(0),
        node.path("failures").asLong(0),
        node.path("stale").asBoolean(false),
        problem.isString() ? problem.asString() : null);
  }
}
