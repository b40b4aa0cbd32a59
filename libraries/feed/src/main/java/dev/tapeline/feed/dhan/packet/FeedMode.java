package dev.tapeline.feed.dhan.packet;

/** How much the feed sends of an instrument; each includes those before it. */
public enum FeedMode {
  /** The last price and its time. */
  TICKER(15),
  /** The figures of the session too. */
  QUOTE(17),
  /** Open interest and five levels of the book too. */
  FULL(21);

  private final int subscribe;

  FeedMode(int subscribe) {
    this.subscribe = subscribe;
  }

  /** The request code that subscribes. */
  public int subscribe() {
    return subscribe;
  }

  /** The request code that unsubscribes. */
  public int unsubscribe() {
    return subscribe + 1;
  }

  /** The one that includes the other. */
  public FeedMode max(FeedMode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The one that the other includes. */
  public FeedMode min(FeedMode other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
