package dev.tapeline.simulate.deribit;

import dev.tapeline.market.tick.Level;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The book of an instrument as it was last told, and the changes since. All clients are told the
 * same changes under the same numbers. Owned by the server's loop.
 */
final class DeribitBook {

  private static final int LEVELS = 1000;

  private final String instrument;
  private Map<BigDecimal, BigDecimal> bids = new LinkedHashMap<>();
  private Map<BigDecimal, BigDecimal> asks = new LinkedHashMap<>();
  private long changeId;

  /**
   * A book that nobody was told of yet.
   *
   * @param firstId the number before that of its first change
   */
  DeribitBook(String instrument, long firstId) {
    this.instrument = instrument;
    this.changeId = firstId;
  }

  /** The whole book as it was last told. */
  ObjectNode snapshot(long now) {
    ObjectNode out = head("snapshot", now);
    whole(bids, out.putArray("bids"));
    whole(asks, out.putArray("asks"));
    return out;
  }

  private ObjectNode head(String type, long now) {
    return Json.object()
        .put("type", type)
        .put("timestamp", now)
        .put("instrument_name", instrument)
        .put("change_id", changeId);
  }

  private static void whole(Map<BigDecimal, BigDecimal> side, ArrayNode out) {
    side.forEach((price, amount) -> level("new", price, amount, out));
  }

  private static void level(String action, BigDecimal price, BigDecimal amount, ArrayNode out) {
    out.addArray().add(action).add(Json.number(price)).add(Json.number(amount));
  }

  /** Takes the present book; what has changed since, without sides if nothing has. */
  ObjectNode update(QuoteState quote, long now) {
    Map<BigDecimal, BigDecimal> newBids = amounts(quote.bids(LEVELS));
    Map<BigDecimal, BigDecimal> newAsks = amounts(quote.asks(LEVELS));
    ArrayNode bidChanges = changes(bids, newBids);
    ArrayNode askChanges = changes(asks, newAsks);
    bids = newBids;
    asks = newAsks;
    if (bidChanges.isEmpty() && askChanges.isEmpty()) {
      return Json.object();
    }
    long previous = changeId++;
    ObjectNode out = head("change", now).put("prev_change_id", previous);
    out.set("bids", bidChanges);
    out.set("asks", askChanges);
    return out;
  }

  private static Map<BigDecimal, BigDecimal> amounts(List<Level> levels) {
    Map<BigDecimal, BigDecimal> amounts = new LinkedHashMap<>();
    levels.forEach(level -> amounts.put(level.price(), level.quantity()));
    return amounts;
  }

  private static ArrayNode changes(
      Map<BigDecimal, BigDecimal> before, Map<BigDecimal, BigDecimal> after) {
    ArrayNode out = Json.array();
    before.forEach((price, _) -> {
      if (!after.containsKey(price)) {
        level("delete", price, BigDecimal.ZERO, out);
      }
    });
    after.forEach((price, amount) -> {
      BigDecimal known = before.get(price);
      if (known == null) {
        level("new", price, amount, out);
      } else if (known.compareTo(amount) != 0) {
        level("change", price, amount, out);
      }
    });
    return out;
  }
}
