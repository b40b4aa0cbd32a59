package dev.tapeline.simulate.net;

import dev.tapeline.market.tick.Tick;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A vendor's side of a simulator: its sockets and its REST. Called on the server's loop. */
public interface VendorSite extends HttpSite {

  /** The vendor's name, in lower case. */
  String vendor();

  /** The market has moved; the board has these ticks already. */
  void onMarket(List<Tick> ticks);

  /** A message of a kind that no client knows, in the vendor's form. */
  SocketMessage unknownMessage(ClientSocket socket);

  /** Does to a client what the vendor does before maintenance. */
  void shutDown(ClientSocket socket);

  /** Makes all present credentials invalid. */
  void expireToken();

  /** Does to a client what the vendor does when there are too many connections. */
  void exceedConnections(ClientSocket socket);

  /** The last prices of all that this vendor has, by the keys that its feed has for them. */
  Map<String, BigDecimal> lastPrices();

  /** Adds to the state what only this vendor has. */
  void describe(ObjectNode state);
}
