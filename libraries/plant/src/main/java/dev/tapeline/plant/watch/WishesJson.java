package dev.tapeline.plant.watch;

import dev.tapeline.market.instrument.ChainKey;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes and reads {@link Wishes} as JSON. */
final class WishesJson {

  private static final JsonMapper JSON = new JsonMapper();

  private WishesJson() {}

  static String write(Wishes wishes) {
    ObjectNode root = JSON.createObjectNode().put("version", wishes.version());
    var screeners = root.putArray("screeners");
    new TreeMap<>(wishes.screeners())
        .values()
        .forEach(screener -> write(screener, screeners.addObject()));
    var chains = root.putArray("chains");
    wishes.chains().entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .forEach(entry ->
            chains
                .addObject()
                .put("underlying", entry.getKey().underlying())
                .put("expiry", entry.getKey().expiry().toString())
                .put("interval", entry.getValue()));
    return JSON.writeValueAsString(root);
  }

  private static void write(Screener screener, ObjectNode node) {
    node.put("name", screener.name());
    if (screener.type() != null) {
      node.put("type", screener.type());
    }
    var symbols = node.putArray("symbols");
    screener.symbols().forEach(symbols::add);
    var keys = node.putArray("keys");
    screener.keys().forEach(keys::add);
  }

  /**
   * @throws IllegalArgumentException if the text is none that {@link #write} has written
   */
  static Wishes read(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      Map<String, Screener> screeners = new HashMap<>();
      for (JsonNode node : root.path("screeners")) {
        Screener screener = screener(node);
        screeners.put(screener.name(), screener);
      }
      Map<ChainKey, Long> chains = new HashMap<>();
      for (JsonNode node : root.path("chains")) {
        LocalDate expiry = LocalDate.parse(node.path("expiry").asString());
        chains.put(
            new ChainKey(node.path("underlying").asString(), expiry),
            node.path("interval").asLong());
      }
      return new Wishes(root.path("version").asLong(), screeners, chains);
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("not a list of wishes: " + e.getMessage(), e);
    }
  }

  private static Screener screener(JsonNode node) {
    JsonNode type = node.path("type");
    @Nullable String typeText = type.isString() ? type.asString() : null;
    return new Screener(
        node.path("name").asString(),
        typeText,
        texts(node.path("symbols")),
        texts(node.path("keys")));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asString()));
    return texts;
  }
}
