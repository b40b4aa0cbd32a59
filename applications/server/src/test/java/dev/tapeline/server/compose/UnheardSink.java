package dev.tapeline.server.compose;

import dev.tapeline.feed.replay.PlaybackSink;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.tick.Tick;
import java.util.List;

/** Takes what a recording holds, and is surprised by what can't be read. */
record UnheardSink() implements PlaybackSink {

  @Override
  public void onFrame(long line, long nanos, List<Tick> ticks) {}

  @Override
  public void onArrival(Arrival arrival, VendorSession session) {}

  @Override
  public void onBadLine(long line, String reason) {
    throw new AssertionError("line %d: %s".formatted(line, reason));
  }

  @Override
  public boolean goesOn() {
    return true;
  }
}
