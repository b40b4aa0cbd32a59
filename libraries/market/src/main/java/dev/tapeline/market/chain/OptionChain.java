package dev.tapeline.market.chain;

import dev.tapeline.market.instrument.ChainKey;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of one expiry. A live view, read on the market's thread. */
public interface OptionChain {

  ChainKey key();

  /** The conventions of its figures. */
  ChainConvention convention();

  /** When it was computed, epoch ms UTC on the market's clock. */
  long time();

  /** When its contracts settle, epoch ms UTC; 0 if that is unknown. */
  long settlement();

  TimeLeft left();

  /** The price of the underlying; null if it is unknown. */
  @Nullable BigDecimal spot();

  Forward forward();

  /** Whether premiums are paid in the underlying itself. */
  boolean isPaidInCoin();

  /** The strikes in order. */
  List<? extends ChainStrike> strikes();

  /** The figures of the chain as a whole. */
  ChainFigures figures();

  /** When the newest tick of one of its options was received, epoch ms UTC. */
  long newestTick();

  /** Whether that is so long ago that its figures may be outdated. */
  boolean isStale();

  /** The times of the last snapshots, the newest first, epoch ms UTC; at most three. */
  List<Long> snapshots();

  /** The bids and asks of all strikes, for indices. */
  ExpiryQuotes quotes();
}
