package dev.tapeline.simulate.dhan;

import java.util.ArrayList;
import java.util.List;

/**
 * The sockets of the account, whichever kind they are: at most {@value #MOST}, the oldest makes
 * room. Owned by the server's loop.
 */
final class DhanConnections {

  static final int MOST = 5;
  private static final int TOO_MANY = 805;

  private final List<DhanSocket> open = new ArrayList<>();

  void add(DhanSocket socket) {
    open.add(socket);
    while (open.size() > MOST) {
      open.removeFirst().disconnect(TOO_MANY);
    }
  }

  void remove(DhanSocket socket) {
    open.remove(socket);
  }

  /** Ends all of them, because their token has ended. */
  void expire() {
    List<DhanSocket> all = List.copyOf(open);
    open.clear();
    all.forEach(socket -> socket.disconnect(DhanTokens.Verdict.EXPIRED.code()));
  }

  List<DhanSocket> all() {
    return List.copyOf(open);
  }
}
