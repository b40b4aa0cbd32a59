package dev.tapeline.feed.dhan.order;

/** Is told of the account's orders, on the thread of the feed. */
@FunctionalInterface
public interface OrderUpdateListener {

  /**
   * An order has changed.
   *
   * @param filled how much of it was traded since its update before; 0 if nothing was
   */
  void onOrderUpdate(OrderUpdate update, long filled);
}
