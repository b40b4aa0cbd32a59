package dev.tapeline.feed.vendor;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call to a vendor's REST interface.
 *
 * @param name under which its answer arrives; it says all that is needed to read the answer
 * @param method {@code GET} or {@code POST}
 * @param json the body; null for none
 * @param costs what it costs, by budget; it waits until all of them have room
 * @param timeout for the answer, from when it is sent
 */
public record RestCall(
    String name,
    String method,
    Address.Source address,
    @Nullable String json,
    List<Cost> costs,
    Duration timeout) {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  public RestCall {
    costs = List.copyOf(costs);
  }

  /**
   * A part of a budget.
   *
   * @param budget the name of a {@link Budget}
   */
  public record Cost(String budget, int weight) {}

  /**
   * How much a vendor allows: so much weight in any period of this length.
   *
   * @param name as {@link Cost} has it
   */
  public record Budget(String name, int weight, Duration period) {

    public Budget {
      if (weight <= 0 || !period.isPositive()) {
        throw new IllegalArgumentException(
            "the budget %s has %d in %s".formatted(name, weight, period));
      }
    }
  }

  /** The same call under another name. */
  public RestCall named(String other) {
    return new RestCall(other, method, address, json, costs, timeout);
  }

  /** A GET that costs 1 of a budget. */
  public static RestCall get(String name, Address.Source address, String budget) {
    return new RestCall(name, "GET", address, null, List.of(new Cost(budget, 1)), TIMEOUT);
  }

  /** A POST of JSON that costs 1 of a budget. */
  public static RestCall post(String name, Address.Source address, String json, String budget) {
    return new RestCall(name, "POST", address, json, List.of(new Cost(budget, 1)), TIMEOUT);
  }
}
