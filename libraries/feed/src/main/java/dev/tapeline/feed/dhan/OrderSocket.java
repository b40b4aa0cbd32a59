package dev.tapeline.feed.dhan;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.order.OrderFills;
import dev.tapeline.feed.dhan.rest.DhanAccount;
import dev.tapeline.feed.vendor.Address;
import dev.tapeline.feed.vendor.Retries;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.feed.vendor.VendorLink;
import java.time.Duration;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The socket of the account's own orders. It is silent for hours, and nothing follows from that.
 * Owned by the thread of its feed. Times are epoch ms.
 */
final class OrderSocket {

  static final String NAME = "orders";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LOGIN = 42;
  private static final long LASTING = 60_000;

  /** A login that is refused ends the socket sooner, without a word. */
  private static final long ACCEPTED = 2_000;

  private static final Duration SLOW = Duration.ofSeconds(60);

  private final DhanAccount account;
  private final Address.Source address;
  private final VendorLink link;
  private final OrderFills fills;
  private final Retries retries;
  private boolean started;
  private long opened;
  private long interrupted;
  private boolean accepted;

  OrderSocket(
      DhanAccount account,
      Address.Source address,
      VendorLink link,
      OrderFills fills,
      Random random) {
    this.account = account;
    this.address = address;
    this.link = link;
    this.fills = fills;
    this.retries = new Retries(DhanWaits.BROKEN, random);
  }

  /** Opens the socket unless that was done. */
  void start() {
    if (!started) {
      started = true;
      link.open(NAME, address, Duration.ZERO);
    }
  }

  void stop(long now) {
    if (started) {
      started = false;
      interrupt(now);
      link.close(NAME);
    }
  }

  private void interrupt(long now) {
    if (accepted) {
      interrupted = now;
    }
    accepted = false;
    opened = 0;
  }

  void opened(long now) {
    opened = now;
    try {
      link.send(NAME, login());
    } catch (FeedException e) {
      link.fault("orders", String.valueOf(e.getMessage()));
    }
  }

  /** Does what is due by now. */
  void onTime(long now) {
    if (opened > 0 && now - opened >= ACCEPTED) {
      accept(now);
    }
    fills.onTime(now);
  }

  private void accept(long now) {
    if (!accepted) {
      accepted = true;
      fills.onListening(interrupted, now);
    }
  }

  private String login() {
    ObjectNode message = JSON.createObjectNode();
    message
        .putObject("LoginReq")
        .put("MsgCode", LOGIN)
        .put("ClientId", account.clientId().get())
        .put("Token", account.accessToken().get());
    return message.put("UserType", "SELF").toString();
  }

  void frame(byte[] payload, long now) {
    accept(now);
    String problem = fills.onMessage(payload);
    if (problem != null) {
      link.fault("orders", problem);
    }
  }

  /**
   * Takes the end of the socket.
   *
   * @param open whether some market is open
   * @return whether the login may have been refused
   */
  boolean ended(SocketEnd end, boolean open, long now) {
    boolean refused = opened > 0 && !accepted;
    link.fault("orders-end", "the socket of orders has ended: " + Connection.text(end));
    if (opened > 0 && now - opened > LASTING) {
      retries.reset();
    }
    interrupt(now);
    if (started) {
      Duration wait = retries.next();
      link.open(NAME, address, open || wait.compareTo(SLOW) > 0 ? wait : SLOW);
    }
    return refused;
  }
}
