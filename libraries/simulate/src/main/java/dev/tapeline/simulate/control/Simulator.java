package dev.tapeline.simulate.control;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.simulate.market.Derivatives;
import dev.tapeline.simulate.market.MarketFloor;
import dev.tapeline.simulate.market.TickHandover;
import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.Json;
import dev.tapeline.simulate.net.SimulatorServer;
import dev.tapeline.simulate.net.SocketMessage;
import dev.tapeline.simulate.net.VendorSite;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running simulator of a vendor: its market, its sockets and REST, and its remote control. All of
 * its state is owned by the server's loop; its methods may be called by any thread.
 */
final class Simulator<S extends VendorSite> implements SimulatorControl, AutoCloseable {

  private final SimulatorOptions options;
  private final SimulatorServer server;
  private final MarketFloor market;
  private final S site;
  private final TickHandover handover;
  private final int port;
  private final int controlPort;

  private Simulator(
      String vendor,
      SimulatorOptions options,
      Predicate<Instrument> relevant,
      List<Derivatives> derivatives,
      Function<Floor, S> sites) {
    this.options = options;
    server = new SimulatorServer(vendor);
    handover = new TickHandover(relevant, server.loop(), this::onTicks);
    try {
      List<Instrument> instruments =
          options.source().instruments().stream().filter(relevant).toList();
      market = new MarketFloor(instruments, derivatives, options.seed());
      site = server.call(() -> sites.apply(new Floor(server, market.board(), options.clock())));
      port = server.serve(site, options.host(), options.port());
      controlPort =
          server.serveSoundly(new ControlSite(this), options.host(), options.controlPort());
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Starts a simulator.
   *
   * @param relevant whether the vendor has anything to do with an instrument of the market
   * @param derivatives to trade besides the market's own instruments
   * @param sites makes the vendor's site, on the loop
   */
  static <S extends VendorSite> Simulator<S> start(
      String vendor,
      SimulatorOptions options,
      Predicate<Instrument> relevant,
      List<Derivatives> derivatives,
      Function<Floor, S> sites) {
    Simulator<S> simulator = new Simulator<>(vendor, options, relevant, derivatives, sites);
    options.source().start(simulator.handover);
    return simulator;
  }

  private void onTicks(List<Tick> batch) {
    site.onMarket(market.apply(batch));
  }

  /** The vendor's site, which the loop owns. */
  S site() {
    return site;
  }

  /** The port of the vendor's sockets and REST. */
  int port() {
    return port;
  }

  int controlPort() {
    return controlPort;
  }

  /** What is traded. */
  List<Instrument> instruments() {
    return market.board().instruments();
  }

  /** The last price of an instrument by its key; null before the first. */
  @Nullable BigDecimal lastPrice(String key) {
    return market.board().lastPrice(key);
  }

  @Override
  public void inject(Fault fault) {
    run(() -> server.inject(fault, site));
  }

  @Override
  public void clear() {
    run(server::clearFaults);
  }

  @Override
  public void halt() {
    run(handover::halt);
  }

  @Override
  public void resume() {
    run(handover::resume);
  }

  /** Does something on the server's loop, and waits for its end. */
  void run(Runnable action) {
    server.call(() -> {
      action.run();
      return true;
    });
  }

  @Override
  public int push(byte[] message) {
    return push(new SocketMessage.Binary(message.clone()));
  }

  @Override
  public int pushText(String message) {
    return push(new SocketMessage.Text(message));
  }

  private int push(SocketMessage message) {
    return server.call(() -> {
      List<ClientSocket> all = server.sockets().all();
      all.forEach(socket -> socket.sendNow(message));
      return all.size();
    });
  }

  @Override
  public JsonNode state() {
    return server.call(this::describe);
  }

  private JsonNode describe() {
    ObjectNode state = Json.object().put("vendor", site.vendor());
    state.put("market_time", market.board().now());
    state.put("opened", server.sockets().opened());
    state.put("refused", server.sockets().refused());
    ArrayNode faults = state.putArray("faults");
    server.faults().forEach(faults::add);
    ArrayNode connections = state.putArray("connections");
    server.sockets().all().forEach(socket -> describe(socket, connections.addObject()));
    site.describe(state);
    ObjectNode prices = state.putObject("last_prices");
    new TreeMap<>(site.lastPrices())
        .forEach((key, price) -> prices.put(key, price.toPlainString()));
    return state;
  }

  private void describe(ClientSocket socket, ObjectNode out) {
    out.put("socket", socket.number());
    out.put("path", socket.path());
    out.put("messages", socket.messages());
    out.put("bytes", socket.bytes());
    out.put("lost", socket.lost());
    ArrayNode subscriptions = out.putArray("subscriptions");
    server.sockets().subscriptions(socket).forEach(subscriptions::add);
  }

  @Override
  public void close() {
    resume(); // or the market's thread would wait for ever
    options.source().close();
    server.close();
  }
}
