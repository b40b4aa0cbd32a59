package dev.tapeline.market;

import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import java.util.ArrayList;
import java.util.List;

/** Collects what a market tells, in order; the ends of frames and batches too. */
public final class Told implements MarketListener {

  private final List<Object> all = new ArrayList<>();

  @Override
  public void onEvent(MarketEvent event) {
    all.add(event);
  }

  @Override
  public void onFrameEnd() {
    all.add("frame");
  }

  @Override
  public void onBatchEnd() {
    all.add("batch");
  }

  /** The kinds of all that was told since the last call. */
  public List<String> takeKinds() {
    List<String> kinds =
        all.stream()
            .map(one -> one instanceof String text ? text : one.getClass().getSimpleName())
            .toList();
    all.clear();
    return kinds;
  }

  /** The newest event of a kind. */
  public <E> E newest(Class<E> kind) {
    return all.reversed().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }
}
