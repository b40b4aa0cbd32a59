package dev.tapeline.feed;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;

/** A listener with a bug: each tick is an {@link IllegalArgumentException}. */
public record FailingListener() implements TickListener {

  @Override
  public void onTick(Tick tick) {
    throw new IllegalArgumentException("a bug of the listener");
  }

  @Override
  public void onTime(long millis) {}

  @Override
  public void onFrameEnd() {}

  @Override
  public void onBatchEnd() {}
}
