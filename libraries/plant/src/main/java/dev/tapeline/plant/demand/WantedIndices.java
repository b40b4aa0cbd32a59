package dev.tapeline.plant.demand;

import dev.tapeline.market.volatility.study.IndexDemand;
import dev.tapeline.plant.channels.Channels;
import java.util.function.Predicate;

/**
 * A volatility index is wanted while anybody wants its channel.
 *
 * @param wanted tells of a channel whether anybody wants it
 */
public record WantedIndices(Predicate<String> wanted) implements IndexDemand {

  @Override
  public boolean isWanted(String underlying) {
    return wanted.test(Channels.volatilityIndex(underlying));
  }
}
