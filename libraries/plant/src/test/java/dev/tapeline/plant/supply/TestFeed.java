package dev.tapeline.plant.supply;

import dev.tapeline.feed.Feed;
import dev.tapeline.feed.FeedListener;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.JoinedThread;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.tick.TickListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A live feed without ticks that ends when the test says so, on a thread of its own. */
final class TestFeed implements Feed {

  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final boolean endsInStart;
  private volatile Watchlist watched = Watchlist.EMPTY;
  private @Nullable Thread thread;

  TestFeed() {
    this(false);
  }

  /**
   * @param endsInStart whether it ends before {@link #start} returns, as an empty recording may
   */
  TestFeed(boolean endsInStart) {
    this.endsInStart = endsInStart;
  }

  @Override
  public void start(FeedListener listener, TickListener ticks) {
    thread = Thread.ofPlatform().name("feed-test").daemon().start(() -> run(listener));
    if (endsInStart) {
      end();
      awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(FeedListener listener) {
    listener.onStatus(new FeedStatus("test", FeedStatus.State.LIVE, 1));
    try {
      String end = ends.take();
      if (end.isEmpty()) {
        listener.onStatus(new FeedStatus("test", FeedStatus.State.CLOSED, 2));
        listener.onEnded();
      } else {
        listener.onFailed(new IllegalStateException(end));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  void end() {
    ends.add("");
  }

  void fail(String message) {
    ends.add(message);
  }

  @Override
  public void watch(Watchlist next) {
    watched = next;
  }

  /** What it was told last to watch. */
  Watchlist watched() {
    return watched;
  }

  @Override
  public FeedStatus status() {
    return new FeedStatus("test", FeedStatus.State.LIVE, 1);
  }

  @Override
  public void close() {
    JoinedThread.end(thread);
  }
}
