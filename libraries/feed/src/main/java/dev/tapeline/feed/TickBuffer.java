package dev.tapeline.feed;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.ArrayList;
import java.util.List;

/** A buffer that keeps the ticks of one frame until they are due. Reused; owned by one thread. */
public final class TickBuffer implements TickListener {

  private final List<Tick> ticks = new ArrayList<>();

  /** The ticks since the last {@link #clear}; a view. */
  public List<Tick> ticks() {
    return ticks;
  }

  public void clear() {
    ticks.clear();
  }

  @Override
  public void onTick(Tick tick) {
    ticks.add(tick);
  }

  @Override
  public void onTime(long millis) {}

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}
}
