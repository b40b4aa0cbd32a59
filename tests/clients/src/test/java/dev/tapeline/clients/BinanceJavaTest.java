package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.binance.connector.client.WebSocketStreamClient;
import com.binance.connector.client.impl.WebSocketStreamClientImpl;
import dev.tapeline.server.compose.LiveServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Maven's {@code binance-connector-java}, which names its streams in the path. It unsubscribes by
 * closing a connection, and can't ask for missed messages.
 */
@Timeout(240)
class BinanceJavaTest {

  private static final int TRIES = 240;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private LiveServer server;
  private WebSocketStreamClient client;

  @BeforeEach
  void start() {
    server = LiveServer.start();
    client = new WebSocketStreamClientImpl(server.ws(""));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Ends the client's threads for good: the whole JVM shares its HTTP client. */
  @AfterAll
  static void end() {
    new WebSocketStreamClientImpl().closeAllConnections();
  }

  /** Publishes until a message comes. */
  private String awaitTrade(long id) throws InterruptedException {
    String text = null;
    for (int i = 0; text == null && i < TRIES; i++) {
      server.publish("trade@BTCUSDT", Trades.published("BTCUSDT", id));
      text = received.poll(250, TimeUnit.MILLISECONDS);
    }
    return String.valueOf(text);
  }

  @Test
  void receivesTheExchangesOwnTradesAndCombinedStreams() throws InterruptedException {
    int trades = client.tradeStream("btcusdt", received::add);
    assertEquals(Trades.trade("BTCUSDT", 5), awaitTrade(5));
    client.closeConnection(trades);
    server.awaitMetric("tapeline_subscriptions", 0);
    received.clear();
    List<String> streams = List.of("btcusdt@trade", "ethusdt@trade");
    client.combineStreams(new ArrayList<>(streams), received::add);
    assertEquals(
        "{\"stream\":\"btcusdt@trade\",\"data\":%s}".formatted(Trades.trade("BTCUSDT", 6)),
        awaitTrade(6));
  }

  /** The client can't reconnect: the program is told, and asks again. */
  @Test
  void theProgramIsToldOfARestartAndWatchesAgain() throws InterruptedException {
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    client.tradeStream(
        "btcusdt",
        response -> {},
        received::add,
        (code, reason) -> ended.add("closing " + code),
        (code, reason) -> ended.add("closed " + code),
        (failure, response) -> ended.add("failed " + failure));
    assertEquals(Trades.trade("BTCUSDT", 7), awaitTrade(7));
    server.restart();
    assertEquals("closing 1001", ended.poll(1, TimeUnit.MINUTES));
    received.clear();
    client.tradeStream("btcusdt", received::add);
    assertEquals(Trades.trade("BTCUSDT", 8), awaitTrade(8));
  }
}
