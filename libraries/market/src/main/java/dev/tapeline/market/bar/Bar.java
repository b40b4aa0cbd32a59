package dev.tapeline.market.bar;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an instrument traded at over one frame.
 *
 * @param time the begin of the frame, epoch ms UTC; for days, weeks and months the open of the
 *     first session
 * @param volume the traded quantity; null where the vendor sends none, as for an index
 * @param count the number of trades or values; {@link #UNKNOWN_COUNT} where a vendor's own bar does
 *     not tell it
 */
public record Bar(
    Frame frame, long time, Ohlc prices, @Nullable BigDecimal volume, long count, State state) {

  /** The count of a bar of which it is not known. */
  public static final long UNKNOWN_COUNT = -1;

  /** Whether the number of trades or values is known. */
  public boolean isCounted() {
    return count != UNKNOWN_COUNT;
  }

  /**
   * How far a bar has come.
   *
   * @param closed whether its frame is over
   * @param revision how often it has been amended since it was closed
   * @param partial whether its beginning was not seen
   */
  public record State(boolean closed, int revision, boolean partial) {

    public static final State FORMING = new State(false, 0, false);
    public static final State CLOSED = new State(true, 0, false);
  }
}
