package dev.tapeline.feed.dhan.order;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes fills from states of orders: the vendor tells how much of an order is traded in all, and
 * may tell the same state twice. It remembers a number of orders, and forgets the one that has not
 * changed for longest. Owned by the thread of its feed.
 */
public final class OrderFills {

  private static final int MAX_ORDERS = 50_000;

  private final OrderUpdateListener listener;
  private final LinkedHashMap<String, Long> traded = new LinkedHashMap<>(16, 0.75f, true);
  private long forgotten;

  public OrderFills(OrderUpdateListener listener) {
    this.listener = listener;
  }

  /**
   * Reads a message and tells the listener of the update in it, if there is one.
   *
   * @return why it could not be read; null if it could
   */
  public @Nullable String onMessage(byte[] message) {
    OrderUpdate update;
    try {
      update = OrderUpdateReader.read(message);
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
    if (update != null) {
      tell(update);
    }
    return null;
  }

  private void tell(OrderUpdate update) {
    long before = traded.getOrDefault(update.orderNo(), 0L);
    traded.put(update.orderNo(), Math.max(before, update.tradedQuantity()));
    if (traded.size() > MAX_ORDERS) {
      traded.pollFirstEntry();
      forgotten++;
    }
    listener.onOrderUpdate(update, Math.max(0, update.tradedQuantity() - before));
  }

  /** Updates come from now on, as {@link OrderUpdateListener#onListening} says. */
  public void onListening(long since, long now) {
    listener.onListening(since, now);
  }

  /** Time has passed, as {@link OrderUpdateListener#onTime} says. */
  public void onTime(long now) {
    listener.onTime(now);
  }

  /** How many orders were forgotten to keep within the limit. */
  public long forgotten() {
    return forgotten;
  }
}
