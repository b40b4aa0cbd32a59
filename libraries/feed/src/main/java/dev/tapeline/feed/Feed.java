package dev.tapeline.feed;

import dev.tapeline.market.tick.TickListener;
import org.jspecify.annotations.Nullable;

/**
 * A source of market data, with one named thread that calls its listeners. If the thread ends
 * before {@link #close}, it tells its listener how: {@link FeedListener#onEnded} or {@link
 * FeedListener#onFailed}.
 */
public interface Feed extends AutoCloseable {

  /**
   * Starts to call the listeners; called once.
   *
   * @throws FeedException if it can't start, saying what to correct
   */
  void start(FeedListener listener, TickListener ticks);

  /**
   * Says what to watch from now on, in place of what was said before; from any thread, before the
   * start too. A feed that sends all that it has ignores it.
   */
  default void watch(Watchlist watchlist) {}

  /** The newest status; may be asked from any thread. */
  FeedStatus status();

  /**
   * How much it has done so far on the network, null for one that is connected to nothing; may be
   * asked from any thread.
   */
  default @Nullable FeedFigures figures() {
    return null;
  }

  /** Ends the thread and waits for it. */
  @Override
  void close();
}
