package dev.tapeline.feed.replay;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.ArrayList;
import java.util.List;

/** Writes down all that a listener of ticks is told, in order, without the ends of batches. */
final class Told implements TickListener {

  private final List<String> all = new ArrayList<>();

  synchronized List<String> all() {
    return List.copyOf(all);
  }

  @Override
  public synchronized void onTick(Tick tick) {
    all.add(tick.toString());
  }

  @Override
  public synchronized void onTime(long millis) {
    all.add("time " + millis);
  }

  @Override
  public synchronized void onFrameEnd() {
    all.add("end of frame");
  }

  @Override
  public void onBatchEnd() {}
}
