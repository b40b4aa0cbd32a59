package dev.tapeline.simulate.deribit;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.control.Floor;
import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.HttpCall;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;
import dev.tapeline.simulate.net.Opening;
import dev.tapeline.simulate.net.SocketMessage;
import dev.tapeline.simulate.net.VendorSite;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Deribit's socket and REST on one port. Owned by the server's loop. */
final class DeribitSite implements VendorSite {

  private static final String SOCKET = "/ws/api/v2";
  private static final String REST = "/api/v2/";
  private static final int GOING_AWAY = 1001;
  private static final int TENTHS = 10;

  private final DeribitOptions options;
  private final InstantSource clock;
  private final DeribitMarket market;
  private final DeribitMethods methods;
  private final DeribitPublisher publisher;
  private final Credits restCredits;
  private final Set<DeribitSocket> sockets = new LinkedHashSet<>();
  private int tenth;

  DeribitSite(Floor floor, DeribitOptions options) {
    this.options = options;
    this.clock = floor.clock();
    this.market = new DeribitMarket(floor.board());
    TradeTape tape = new TradeTape();
    this.methods = new DeribitMethods(market, tape, clock);
    this.publisher = new DeribitPublisher(market, tape);
    this.restCredits = new Credits(options.callCredits(), System::nanoTime);
    floor.server().every(Duration.ofMillis(100), this::publish);
  }

  long now() {
    return clock.millis();
  }

  DeribitMarket market() {
    return market;
  }

  DeribitMethods methods() {
    return methods;
  }

  DeribitPublisher publisher() {
    return publisher;
  }

  void join(DeribitSocket socket) {
    sockets.add(socket);
  }

  void leave(DeribitSocket socket) {
    sockets.remove(socket);
  }

  private void publish() {
    tenth = (tenth + 1) % TENTHS;
    publisher.prepare(now(), tenth == 0);
    List.copyOf(sockets).forEach(DeribitSocket::tellNext);
    publisher.finish();
  }

  @Override
  public String vendor() {
    return "deribit";
  }

  @Override
  public Opening open(HttpCall call, ClientSocket socket) {
    return call.path().equals(SOCKET)
        ? new Opening.Accepted(new DeribitSocket(this, options, socket))
        : new Opening.Refused(error(404));
  }

  @Override
  public HttpReply answer(HttpCall call) {
    if (!call.path().startsWith(REST) || !call.method().equals("GET")) {
      return error(404);
    }
    if (!restCredits.take()) {
      return reply(429, new DeribitMethods.Outcome.Failure(10_028, "too_many_requests", ""));
    }
    ObjectNode params = Json.object();
    call.query().forEach(params::put);
    DeribitMethods.Outcome outcome = methods.call(call.path().substring(REST.length()), params);
    return reply(outcome instanceof DeribitMethods.Outcome.Result ? 200 : 400, outcome);
  }

  private HttpReply reply(int status, DeribitMethods.Outcome outcome) {
    return HttpReply.json(status, RpcAnswer.of(outcome, null, now() * 1000));
  }

  @Override
  public void onMarket(List<Tick> ticks) {
    ticks.forEach(publisher::onTick);
  }

  @Override
  public SocketMessage unknownMessage(ClientSocket socket) {
    return new SocketMessage.Text(
        "{\"jsonrpc\":\"2.0\",\"method\":\"novelty\",\"params\":{\"type\":\"unknown\"}}");
  }

  @Override
  public void shutDown(ClientSocket socket) {
    socket.close(GOING_AWAY, "");
  }

  /** Public data has no tokens. */
  @Override
  public void expireToken() {}

  @Override
  public void exceedConnections(ClientSocket socket) {
    sockets.stream()
        .filter(one -> one.socket().equals(socket))
        .toList()
        .forEach(DeribitSocket::exceed);
  }

  @Override
  public HttpReply error(int status) {
    return reply(status, new DeribitMethods.Outcome.Failure(-32_600, "Invalid Request", ""));
  }

  @Override
  public Map<String, BigDecimal> lastPrices() {
    return market.lastPrices();
  }

  @Override
  public void describe(ObjectNode state) {
    state.put("channels", sockets.stream().mapToInt(one -> one.subscriptions().size()).sum());
    state.put("unanswered_tests", sockets.stream().filter(DeribitSocket::isTested).count());
  }

  /** Sends a test request to all clients at once. */
  void testNow() {
    sockets.forEach(socket -> socket.sendBeat("test_request"));
  }
}
