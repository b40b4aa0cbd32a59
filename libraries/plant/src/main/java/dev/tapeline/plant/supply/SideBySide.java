package dev.tapeline.plant.supply;

import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import java.util.List;
import java.util.stream.Stream;

/** Tells several listeners the same, each event to all of them before the next one. */
record SideBySide(List<MarketListener> listeners) implements MarketListener {

  /** The first one, with the others behind it, if there are any. */
  static MarketListener of(MarketListener first, List<MarketListener> others) {
    return others.isEmpty()
        ? first
        : new SideBySide(Stream.concat(Stream.of(first), others.stream()).toList());
  }

  @Override
  public void onEvent(MarketEvent event) {
    for (MarketListener listener : listeners) {
      listener.onEvent(event);
    }
  }

  @Override
  public void onFrameEnd() {
    listeners.forEach(MarketListener::onFrameEnd);
  }

  @Override
  public void onBatchEnd() {
    listeners.forEach(MarketListener::onBatchEnd);
  }
}
