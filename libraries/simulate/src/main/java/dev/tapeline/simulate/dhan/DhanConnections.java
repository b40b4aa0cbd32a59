package dev.tapeline.simulate.dhan;

import java.util.ArrayList;
import java.util.List;

/**
 * The sockets of the account. Of those of market data there are at most {@value #MOST}, and the
 * oldest makes room. Owned by the server's loop.
 */
final class DhanConnections {

  static final int MOST = 5;
  private static final int TOO_MANY = 805;

  private final List<DhanSocket> open = new ArrayList<>();
  private final List<OrderSocket> orders = new ArrayList<>();

  void add(DhanSocket socket) {
    open.add(socket);
    while (open.size() > MOST) {
      open.removeFirst().disconnect(TOO_MANY);
    }
  }

  void remove(DhanSocket socket) {
    open.remove(socket);
  }

  void add(OrderSocket socket) {
    orders.removeIf(one -> !one.isOpen());
    orders.add(socket);
  }

  /** Tells the clients of orders that have logged in. */
  void tellOrder(String event) {
    orders.forEach(order -> order.tell(event));
  }

  /** Ends all of them, because their token has ended. */
  void expire() {
    List<DhanSocket> all = List.copyOf(open);
    open.clear();
    all.forEach(socket -> socket.disconnect(DhanTokens.Verdict.EXPIRED.code()));
    orders.forEach(OrderSocket::expire);
    orders.clear();
  }

  List<DhanSocket> all() {
    return List.copyOf(open);
  }
}
