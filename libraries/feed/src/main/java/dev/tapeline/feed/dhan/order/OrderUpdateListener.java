package dev.tapeline.feed.dhan.order;

/** Is told of the account's orders, on the thread of the feed. Times are epoch ms UTC. */
public interface OrderUpdateListener {

  /** Nobody is told. */
  OrderUpdateListener NONE =
      new OrderUpdateListener() {
        @Override
        public void onOrderUpdate(OrderUpdate update, long filled) {}

        @Override
        public void onListening(long since, long now) {}

        @Override
        public void onTime(long now) {}
      };

  /**
   * An order has changed.
   *
   * @param filled how much of it was traded since its update before, as far as that was seen here;
   *     0 if nothing was
   */
  void onOrderUpdate(OrderUpdate update, long filled);

  /**
   * Updates come from now on. Those since the last connection ended may be missing, as the vendor
   * does not repeat them.
   *
   * @param since when the last connection ended; 0 if there was none in this process
   */
  void onListening(long since, long now);

  /** Time has passed; called about ten times a second. */
  void onTime(long now);
}
