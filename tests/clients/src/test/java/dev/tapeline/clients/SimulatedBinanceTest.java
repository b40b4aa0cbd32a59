package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.simulate.binance.BinanceOptions;
import dev.tapeline.simulate.binance.BinanceSimulator;
import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** npm's {@code @binance/connector} and {@code ccxt} take the simulator for Binance. */
@ExtendWith(WithNode.class)
@Timeout(240)
class SimulatedBinanceTest {

  private final BinanceSimulator simulator = BinanceSimulator.start(BinanceOptions.usual());

  @AfterEach
  void stop() {
    simulator.close();
  }

  private String url(String path) {
    return "ws://127.0.0.1:" + simulator.port() + path;
  }

  private static JsonNode next(NodeClient client, String stream) {
    JsonNode message = client.await("message");
    while (!message.path("stream").asString("").equals(stream)) {
      message = client.await("message");
    }
    return message.path("data");
  }

  @Test
  void theConnectorSubscribesAndComesBackAfterAReset() {
    try (NodeClient client = NodeClient.start("binance", url(""))) {
      client.send("subscribe", "btcusdt@trade");
      client.await("open");
      JsonNode trade = next(client, "btcusdt@trade");
      assertEquals("BTCUSDT", trade.path("s").asString());
      assertTrue(Double.parseDouble(trade.path("p").asString()) > 0);
      client.send("subscribe", "btcusdt@depth@100ms");
      JsonNode first = next(client, "btcusdt@depth@100ms");
      JsonNode second = next(client, "btcusdt@depth@100ms");
      assertEquals(first.path("u").asLong() + 1, second.path("U").asLong());
      simulator.control().inject(Fault.of(FaultKind.RESET));
      client.await("close");
      client.await("open");
      assertEquals("trade", next(client, "btcusdt@trade").path("e").asString());
    }
  }

  @Test
  void ccxtWatchesTradesAndGoesOnAfterAReset() {
    try (NodeClient client = NodeClient.start("ccxt", url("/ws"))) {
      client.send("watch", "BTC/USDT");
      JsonNode trade = client.await("trade");
      assertEquals("BTC/USDT", trade.path("symbol").asString());
      assertTrue(trade.path("price").asDouble() > 0);
      simulator.control().inject(Fault.of(FaultKind.RESET));
      client.await("failed");
      assertEquals("BTC/USDT", client.await("trade").path("symbol").asString());
    }
  }
}
