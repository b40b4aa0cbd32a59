package dev.tapeline.feed.replay;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import dev.tapeline.market.tick.Times;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Passes ticks and frames on, and knows the instruments that there were. Owned by the replay's
 * thread.
 */
final class ToldTicks implements TickListener {

  private final TickListener ticks;
  private final Map<String, Instrument> seen = new LinkedHashMap<>();
  private long frames;

  ToldTicks(TickListener ticks) {
    this.ticks = ticks;
  }

  /** The number of frames so far. */
  long frames() {
    return frames;
  }

  /** Begins a session of each instrument, as the recording starts over. */
  void startSessions() {
    for (Instrument instrument : seen.values()) {
      ticks.onTick(new Tick.SessionStart(instrument, Times.UNKNOWN, null));
      ticks.onFrameEnd();
    }
    ticks.onBatchEnd();
  }

  @Override
  public void onTick(Tick tick) {
    seen.putIfAbsent(tick.instrument().symbol(), tick.instrument());
    ticks.onTick(tick);
  }

  @Override
  public void onTime(long millis) {
    ticks.onTime(millis);
  }

  @Override
  public void onStartOver() {
    ticks.onBatchEnd();
    ticks.onStartOver();
  }

  @Override
  public void onFeed(boolean isUp) {
    ticks.onFeed(isUp);
  }

  @Override
  public void onFrameEnd() {
    frames++;
    ticks.onFrameEnd();
  }

  @Override
  public void onBatchEnd() {
    ticks.onBatchEnd();
  }
}
