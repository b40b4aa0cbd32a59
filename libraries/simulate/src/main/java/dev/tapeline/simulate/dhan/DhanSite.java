package dev.tapeline.simulate.dhan;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.control.Floor;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.HttpCall;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Opening;
import dev.tapeline.simulate.net.SocketMessage;
import dev.tapeline.simulate.net.VendorSite;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Dhan's hosts on one port. The path {@code /} is the live feed with a version, the depth of 200
 * levels with a token alone, and the order updates without either. Owned by the server's loop.
 */
final class DhanSite implements VendorSite {

  private static final int GOING_AWAY = 1001;
  private static final int TOO_MANY = 805;
  private static final int UNKNOWN_CODE = 99;
  private static final int UNKNOWN_LENGTH = 24;

  private final DhanFloor floor;
  private final DhanRest rest;
  private final Set<String> changed = new LinkedHashSet<>();

  DhanSite(Floor common, DhanOptions options) {
    floor =
        new DhanFloor(
            options,
            common.board(),
            common.clock(),
            new DhanTokens(options.account(), common.clock()),
            new DhanConnections(),
            new DhanCounters());
    rest = new DhanRest(floor);
    if (options.pace().conflation().isPositive()) {
      common.server().every(options.pace().conflation(), this::flush);
    }
  }

  @Override
  public String vendor() {
    return "dhan";
  }

  @Override
  public Opening open(HttpCall call, ClientSocket socket) {
    DhanTokens.Verdict verdict =
        floor.tokens().check(call.parameter("clientId"), call.parameter("token"));
    boolean plain = "2".equals(call.parameter("authType"));
    DhanTokens.Verdict checked =
        verdict == DhanTokens.Verdict.GOOD && !plain ? DhanTokens.Verdict.FAILED : verdict;
    return switch (call.path()) {
      case "/" -> root(call, socket, checked);
      case "/twentydepth" ->
          new Opening.Accepted(new DepthSocket(floor, socket, checked, DepthSocket.Depth.TWENTY));
      case "/twohundreddepth" -> deep(socket, checked);
      default -> new Opening.Refused(error(404));
    };
  }

  private Opening root(HttpCall call, ClientSocket socket, DhanTokens.Verdict verdict) {
    if (call.parameter("version") != null) {
      return new Opening.Accepted(new FeedSocket(floor, socket, verdict));
    }
    if (call.parameter("token") != null) {
      return deep(socket, verdict);
    }
    OrderSocket order = new OrderSocket(floor, socket);
    floor.connections().add(order);
    return new Opening.Accepted(order);
  }

  private Opening deep(ClientSocket socket, DhanTokens.Verdict verdict) {
    return new Opening.Accepted(
        new DepthSocket(floor, socket, verdict, DepthSocket.Depth.TWO_HUNDRED));
  }

  @Override
  public HttpReply answer(HttpCall call) {
    return rest.answer(call);
  }

  @Override
  public void onMarket(List<Tick> ticks) {
    ticks.forEach(tick -> changed.add(tick.instrument().key()));
    tellStatus(ticks);
    if (floor.options().pace().conflation().isZero()) {
      flush();
    }
  }

  /** Tells once for each segment in which a session begins. */
  private void tellStatus(List<Tick> ticks) {
    List<String> segments =
        ticks.stream()
            .filter(Tick.SessionStart.class::isInstance)
            .map(tick -> tick.instrument().segment())
            .distinct()
            .toList();
    segments.forEach(
        segment -> floor.connections().all().forEach(socket -> socket.sessionBegins(segment)));
  }

  private void flush() {
    Set<String> told = Set.copyOf(changed);
    changed.clear();
    floor.connections().all().forEach(socket -> socket.flush(told));
  }

  /** Tells the clients that have logged in of an order. */
  void tellOrder(String event) {
    floor.connections().tellOrder(event);
  }

  @Override
  public SocketMessage unknownMessage(ClientSocket socket) {
    return new SocketMessage.Binary(
        DhanPackets.other(UNKNOWN_CODE, UNKNOWN_LENGTH, new DhanId(1, 1)));
  }

  @Override
  public void shutDown(ClientSocket socket) {
    socket.close(GOING_AWAY, "");
  }

  @Override
  public void expireToken() {
    floor.tokens().expire();
    floor.connections().expire();
  }

  @Override
  public void exceedConnections(ClientSocket socket) {
    floor.connections().all().stream()
        .filter(one -> one.socket().equals(socket))
        .forEach(one -> one.disconnect(TOO_MANY));
  }

  @Override
  public HttpReply error(int status) {
    return switch (status) {
      case 404 -> DhanErrors.gateway(floor.clock().instant().toString(), status, "Not Found", "/");
      case 429 -> DhanErrors.tooManyData();
      case 400 -> DhanErrors.portal(status, "Invalid request");
      default ->
          DhanErrors.general(status, "Internal_Server_Error", "DH-908", "Internal server error");
    };
  }

  @Override
  public Map<String, BigDecimal> lastPrices() {
    Map<String, BigDecimal> prices = new HashMap<>();
    floor
        .quotes()
        .instruments()
        .forEach(one -> {
          QuoteState quote = floor.quotes().quote(one.key());
          if (DhanSegment.id(one.key()) != null && quote != null && quote.last() != null) {
            prices.put(one.key(), quote.last());
          }
        });
    return prices;
  }

  @Override
  public void describe(ObjectNode state) {
    floor.counters().describe(state.putObject("counters"));
  }
}
