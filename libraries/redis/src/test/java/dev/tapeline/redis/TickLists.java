package dev.tapeline.redis;

import dev.tapeline.redis.receive.LatestListRule;
import java.util.List;

/** Where the newest publications of the tests' tick channels lie. */
public final class TickLists {

  public static final List<LatestListRule> RULES =
      List.of(LatestListRule.of("market:tick:*", "tick:"));

  private TickLists() {}
}
