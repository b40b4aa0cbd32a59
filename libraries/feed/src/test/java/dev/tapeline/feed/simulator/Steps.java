package dev.tapeline.feed.simulator;

import dev.tapeline.market.tick.Tick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Many steps of a simulated market at once, and the dates of it. */
final class Steps {

  private Steps() {}

  /** The ticks up to the time, in order. */
  static List<Tick> to(long millis, SimulatedMarket market) {
    List<Tick> ticks = new ArrayList<>();
    while (market.isBehind(millis)) {
      ticks.addAll(market.step());
    }
    return ticks;
  }

  static List<LocalDate> dates(String... texts) {
    return Stream.of(texts).map(LocalDate::parse).toList();
  }
}
