package dev.tapeline.chaos.day;

import dev.tapeline.chaos.ChaosException;
import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.deribit.DeribitOptions;
import dev.tapeline.simulate.deribit.DeribitSimulator;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulated vendor, and what its control API does. Owned by one thread, but for the prices, which
 * any may ask for.
 */
final class VendorStand implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final VendorName name;
  private final int port;
  private final int controlPort;
  private final AutoCloseable simulator;
  private final HttpClient http;
  private long socket;
  private long since;

  private VendorStand(
      VendorName name, int port, int controlPort, AutoCloseable simulator, HttpClient http) {
    this.name = name;
    this.port = port;
    this.controlPort = controlPort;
    this.simulator = simulator;
    this.http = http;
  }

  /** Starts a simulator, whose market opens now. */
  static VendorStand start(VendorName name, SimulatorOptions options, HttpClient http) {
    return switch (name) {
      case DHAN -> {
        DhanSimulator dhan = DhanSimulator.start(DhanOptions.of(options));
        yield new VendorStand(name, dhan.port(), dhan.controlPort(), dhan, http);
      }
      case BINANCE -> {
        BinanceSimulator binance = BinanceSimulator.start(BinanceOptions.of(options));
        yield new VendorStand(name, binance.port(), binance.controlPort(), binance, http);
      }
      case DERIBIT -> {
        DeribitSimulator deribit = DeribitSimulator.start(DeribitOptions.of(options));
        yield new VendorStand(name, deribit.port(), deribit.controlPort(), deribit, http);
      }
    };
  }

  VendorName name() {
    return name;
  }

  /** The port of sockets and REST. */
  int port() {
    return port;
  }

  /** Lets something go wrong. */
  void inject(VendorFault fault) {
    fault.bodies().forEach(body -> control("POST", "/fault", body));
  }

  /** Ends all faults that go on. */
  void clear() {
    control("DELETE", "/fault", "");
  }

  /** Lets the market stand still. */
  void halt() {
    control("POST", "/halt", "");
  }

  /** Lets the market go on. */
  void resume() {
    control("DELETE", "/halt", "");
  }

  /** The last prices of all that the vendor has, by key. */
  Map<String, BigDecimal> lastPrices() {
    Map<String, BigDecimal> prices = new TreeMap<>();
    JsonNode told = state().path("last_prices");
    told.propertyNames()
        .forEach(key -> prices.put(key, new BigDecimal(told.path(key).asString("0"))));
    return prices;
  }

  JsonNode state() {
    return JSON.readTree(control("GET", "/state", ""));
  }

  /**
   * For how long its oldest connection has been there, by looks that are taken now and then;
   * negative if there is none.
   */
  Duration connectedFor() {
    JsonNode connections = state().path("connections");
    long now = System.nanoTime();
    if (connections.isEmpty()) {
      socket = 0;
      return Duration.ofNanos(-1);
    }
    long oldest = connections.path(0).path("socket").asLong(0);
    if (oldest != socket) {
      socket = oldest;
      since = now;
    }
    return Duration.ofNanos(now - since);
  }

  private String control(String method, String path, String body) {
    HttpResponse<String> answer = call(controlPort, method, path, body);
    if (answer == null || answer.statusCode() != 200) {
      throw new ChaosException(
          "the control API of %s has not done %s %s: %s"
              .formatted(name.word(), method, path, answer == null ? "no answer" : answer.body()));
    }
    return answer.body();
  }

  /** The answer to a call of the vendor's REST side, whatever it is; empty if none comes. */
  String vendorAnswer(String method, String path) {
    HttpResponse<String> answer = call(port, method, path, "");
    return answer == null ? "" : answer.body();
  }

  private @Nullable HttpResponse<String> call(int at, String method, String path, String body) {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(at, path));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      return null; // a fault of the vendor may do this, and the caller says so where it may not
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChaosException("interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      simulator.close();
    } catch (Exception e) {
      throw new ChaosException("the simulator of %s can't be closed".formatted(name.word()), e);
    }
  }
}
