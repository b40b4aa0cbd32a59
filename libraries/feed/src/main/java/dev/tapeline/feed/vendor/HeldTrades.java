package dev.tapeline.feed.vendor;

import dev.tapeline.market.tick.Tick;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The instruments of a source whose trades are held for missing ones, so that none is held for too
 * long. Owned by the thread of its feed.
 */
public final class HeldTrades {

  private final Set<TradeBackfill> holding = new LinkedHashSet<>();

  /** Something has come of these trades. */
  public void note(TradeBackfill trades) {
    if (trades.isHolding()) {
      holding.add(trades);
    } else if (!holding.isEmpty()) {
      holding.remove(trades);
    }
  }

  /** Forgets all but these. */
  public void retain(Collection<TradeBackfill> watched) {
    if (!holding.isEmpty()) {
      holding.retainAll(watched);
    }
  }

  /**
   * Passes on what has been held for too long. To be called after arrivals, never because time
   * passes: a recording has to give the same ticks.
   *
   * @param now when the arrival was received, epoch ms
   */
  public void giveUpLate(long now, Consumer<? super Tick> out) {
    if (holding.isEmpty()) {
      return;
    }
    for (TradeBackfill trades : List.copyOf(holding)) {
      if (trades.isHeldTooLong(now)) {
        trades.giveUp(now, out);
      }
      note(trades);
    }
  }
}
