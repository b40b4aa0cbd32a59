package dev.tapeline.feed.vendor;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on the ticks of one arrival, and its end if there were any. Reused; one owner. */
public final class Emission implements Consumer<Tick> {

  private @Nullable TickListener out;
  private boolean any;

  public void begin(TickListener listener) {
    out = listener;
    any = false;
  }

  @Override
  public void accept(Tick tick) {
    any = true;
    if (out != null) {
      out.onTick(tick);
    }
  }

  public void end() {
    if (any && out != null) {
      out.onFrameEnd();
    }
    out = null;
  }
}
