package dev.tapeline.feed;

/** A source of market data, with one named thread that calls the listener. */
public interface Feed extends AutoCloseable {

  /**
   * Begins to feed the listener; called once.
   *
   * @throws FeedException if it can't, saying what to mend
   */
  void start(FeedListener listener);

  /** The newest status; may be asked from any thread. */
  FeedStatus status();

  /** Ends the thread and waits for it. */
  @Override
  void close();
}
