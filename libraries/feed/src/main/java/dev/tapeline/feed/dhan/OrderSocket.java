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
  private static final Duration SLOW = Duration.ofSeconds(60);

  private final DhanAccount account;
  private final Address.Source address;
  private final VendorLink link;
  private final OrderFills fills;
  private final Retries retries;
  private boolean started;
  private long opened;

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

  void stop() {
    if (started) {
      started = false;
      link.close(NAME);
    }
  }

  void opened(long now) {
    opened = now;
    try {
      link.send(NAME, login());
    } catch (FeedException e) {
      link.fault("orders", String.valueOf(e.getMessage()));
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

  void frame(byte[] payload) {
    String problem = fills.onMessage(payload);
    if (problem != null) {
      link.fault("orders", problem);
    }
  }

  void ended(SocketEnd end, boolean open, long now) {
    link.fault("orders-end", "the socket of orders has ended: " + Connection.text(end));
    if (opened > 0 && now - opened > LASTING) {
      retries.reset();
    }
    if (started) {
      Duration wait = retries.next();
      link.open(NAME, address, open || wait.compareTo(SLOW) > 0 ? wait : SLOW);
    }
  }
}
