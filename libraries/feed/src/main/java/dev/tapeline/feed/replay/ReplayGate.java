package dev.tapeline.feed.replay;

/** Lets the receivers of a replay hold it. Called on the replay's thread, which it may block. */
public interface ReplayGate {

  /** Always open. */
  ReplayGate OPEN =
      new ReplayGate() {
        @Override
        public void awaitFirstSubscriber() {}

        @Override
        public void awaitRoom() {}
      };

  /** Returns when somebody has subscribed. */
  void awaitFirstSubscriber() throws InterruptedException;

  /**
   * Returns when the slowest receiver has room for one more; asked at the pace {@code max} only.
   */
  void awaitRoom() throws InterruptedException;
}
