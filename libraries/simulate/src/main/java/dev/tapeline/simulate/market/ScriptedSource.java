package dev.tapeline.simulate.market;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A market that happens as a script says, tick by tick, on the thread of the script. */
public final class ScriptedSource implements MarketSource {

  private final List<Instrument> instruments;
  private @Nullable TickListener listener;

  public ScriptedSource(List<Instrument> instruments) {
    this.instruments = List.copyOf(instruments);
  }

  @Override
  public List<Instrument> instruments() {
    return instruments;
  }

  @Override
  public synchronized void start(TickListener ticks) {
    listener = ticks;
  }

  /** Lets the ticks happen, as one batch. */
  public synchronized void tell(Tick... ticks) {
    TickListener told = listener;
    if (told == null) {
      throw new IllegalStateException("the market was not started");
    }
    for (Tick tick : ticks) {
      told.onTick(tick);
      told.onFrameEnd();
    }
    told.onBatchEnd();
  }

  @Override
  public void close() {}
}
