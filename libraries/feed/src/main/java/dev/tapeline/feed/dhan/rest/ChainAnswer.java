package dev.tapeline.feed.dhan.rest;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An option chain as the vendor answers it. What is 0 in it is unknown, and null here.
 *
 * @param spot the last price of the underlying
 * @param bad how many rows could not be read
 */
record ChainAnswer(@Nullable BigDecimal spot, List<Leg> legs, int bad) {

  /** A row has a strike and a side; a chain has far fewer. */
  private static final int MAX_LEGS = 10_000;

  /** An option of the chain; the vendor's figures as it sends them. */
  record Leg(BigDecimal strike, Instrument.Right right, JsonNode row) {

    @Nullable String securityId() {
      String id = row.path("security_id").asString("");
      return id.isEmpty() || id.equals("0") ? null : id;
    }

    @Nullable BigDecimal price(String name) {
      return Values.price(row, name);
    }

    @Nullable BigDecimal quantity(String name) {
      return Values.quantity(row, name);
    }

    @Nullable BigDecimal greek(String name) {
      return Values.number(row.path("greeks"), name);
    }
  }

  static ChainAnswer read(JsonNode data) {
    List<Leg> legs = new ArrayList<>();
    int bad = 0;
    for (Map.Entry<String, JsonNode> row : data.path("oc").properties()) {
      BigDecimal strike = strike(row.getKey());
      if (strike == null || legs.size() >= MAX_LEGS) {
        bad++;
        continue;
      }
      add(legs, strike, Instrument.Right.CALL, row.getValue().path("ce"));
      add(legs, strike, Instrument.Right.PUT, row.getValue().path("pe"));
    }
    return new ChainAnswer(Values.price(data, "last_price"), List.copyOf(legs), bad);
  }

  private static void add(List<Leg> legs, BigDecimal strike, Instrument.Right right, JsonNode row) {
    if (row.isObject()) {
      legs.add(new Leg(strike, right, row));
    }
  }

  /** The strike of a key such as {@code 25650.000000}, without its zeros; null if it is none. */
  private static @Nullable BigDecimal strike(String key) {
    try {
      BigDecimal strike = Decimals.parse(key).stripTrailingZeros();
      return strike.signum() <= 0 ? null : strike.scale() < 0 ? strike.setScale(0) : strike;
    } catch (NumberFormatException _) {
      return null; // counted by the caller
    }
  }

  /** A number that is another one whenever a last price or an open interest is. */
  long fingerprint() {
    long hash = spot == null ? 0 : spot.hashCode();
    for (Leg leg : legs) {
      hash = hash * 31 + leg.row.path("last_price").hashCode();
      hash = hash * 31 + leg.row.path("oi").hashCode();
    }
    return hash;
  }
}
