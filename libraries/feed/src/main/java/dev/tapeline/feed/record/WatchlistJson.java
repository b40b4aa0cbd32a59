package dev.tapeline.feed.record;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.instruments.InstrumentJson;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A watchlist as JSON: its instruments by detail, its chains with their legs, the instruments whose
 * price is asked for, and those with futures or options. What another version knows and this one
 * does not is left out. Safe for all threads.
 */
final class WatchlistJson {

  private static final String CHAINS = "chains";
  private static final String LEGS = "legs";
  private static final String ASKED = "asked";
  private static final String UNDERLYINGS = "underlyings";

  private final JsonMapper json = new JsonMapper();
  private final InstrumentJson instruments = new InstrumentJson();

  byte[] write(Watchlist list) {
    ObjectNode node = json.createObjectNode();
    for (Detail detail : Detail.values()) {
      node.set(word(detail), tree(of(list, detail)));
    }
    ArrayNode chains = node.putArray(CHAINS);
    list.chains().stream()
        .sorted(Comparator.comparing(ChainKey::toString))
        .forEach(each ->
            chains
                .addObject()
                .put("underlying", each.underlying())
                .put("expiry", each.expiry().toString()));
    node.set(LEGS, tree(list.legs().stream()));
    node.set(ASKED, tree(list.asked().stream()));
    node.set(UNDERLYINGS, tree(list.underlyings().stream()));
    return json.writeValueAsBytes(node);
  }

  private ArrayNode tree(Stream<Instrument> unordered) {
    return instruments.tree(unordered.sorted(Comparator.comparing(Instrument::symbol)).toList());
  }

  private static Stream<Instrument> of(Watchlist list, Detail detail) {
    return list.instruments().entrySet().stream()
        .filter(entry -> entry.getValue() == detail)
        .map(Map.Entry::getKey);
  }

  private static String word(Detail detail) {
    return detail.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws IllegalArgumentException if the text is no watchlist
   */
  Watchlist read(byte[] text) {
    try {
      return read(json.readTree(text));
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("no watchlist: " + e.getMessage(), e);
    }
  }

  private Watchlist read(JsonNode node) {
    Map<Instrument, Detail> details = new HashMap<>();
    for (Detail detail : Detail.values()) {
      instruments.read(node.path(word(detail))).forEach(each -> details.put(each, detail));
    }
    Set<ChainKey> chains = new HashSet<>();
    for (JsonNode chain : node.path(CHAINS)) {
      chains.add(
          new ChainKey(
              chain.path("underlying").asString(),
              LocalDate.parse(chain.path("expiry").asString())));
    }
    return new Watchlist(
        details, chains, set(node.path(ASKED)), set(node.path(LEGS)), set(node.path(UNDERLYINGS)));
  }

  private Set<Instrument> set(JsonNode list) {
    return Set.copyOf(instruments.read(list));
  }
}
