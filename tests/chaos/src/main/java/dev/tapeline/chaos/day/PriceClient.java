package dev.tapeline.chaos.day;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of a node, which keeps the newest price of each instrument that it hears of, and checks
 * that the numbers of each channel's trades rise. Any thread may ask it.
 */
final class PriceClient implements WebSocket.Listener, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int NORMAL = 1000;
  private static final int MOST_PROBLEMS = 20;

  private final WebSocket socket;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, BigDecimal> prices = new HashMap<>();
  private final Map<String, String> symbols = new HashMap<>();
  private final Map<String, Long> trades = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long frames;

  /** A client that is connected, and subscribes nothing yet. */
  PriceClient(HttpClient http, int port) {
    socket =
        http.newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(URI.create("ws://127.0.0.1:%d/ws".formatted(port)), this)
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  /**
   * Subscribes channels.
   *
   * @param entries of a subscribe request, each a JSON string or object
   */
  void subscribe(List<String> entries) {
    socket
        .sendText(
            "{\"action\":\"subscribe\",\"channels\":[%s]}".formatted(String.join(",", entries)),
            true)
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      take(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  /** Takes a message of the native protocol. */
  synchronized void take(String message) {
    JsonNode frame = JSON.readTree(message);
    String channel = frame.path("channel").asString("");
    switch (frame.path("type").asString("")) {
      case "data", "snapshot" -> data(channel, frame.path("data"));
      case "error" -> problem("an error: " + message);
      default -> {}
    }
  }

  private void data(String channel, JsonNode data) {
    frames++;
    JsonNode id = data.path("data").path("t");
    if (channel.startsWith("market:tick:")) {
      String key = data.path("key").asString("");
      prices.put(key, data.path("ltp").asDecimal(BigDecimal.ZERO));
      symbols.put(key, data.path("symbol").asString(""));
    } else if (channel.startsWith("trade@") && id.isIntegralNumber()) {
      trade(channel, id.asLong());
    }
  }

  private void trade(String channel, long id) {
    Long before = trades.put(channel, id);
    if (before != null && id <= before) {
      problem("%s has trade %d after %d".formatted(channel, id, before));
    }
  }

  private void problem(String what) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(what);
    }
  }

  @Override
  public synchronized void onError(WebSocket from, Throwable error) {
    problem("the connection failed: " + error);
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onClose(
      WebSocket from, int code, String reason) {
    if (code != NORMAL) {
      problem("closed with %d %s".formatted(code, reason));
    }
    return null;
  }

  /** The newest price of each instrument, by key. */
  synchronized Map<String, BigDecimal> prices() {
    return Map.copyOf(prices);
  }

  /** The symbols of the instruments that it has heard of, by key. */
  synchronized Map<String, String> symbols() {
    return Map.copyOf(symbols);
  }

  /** What should not have been. */
  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  /** How many channels of numbered trades it has heard, and how many publications in all. */
  synchronized String figures() {
    return "%d publications, numbered trades on %d channels".formatted(frames, trades.size());
  }

  synchronized int numberedChannels() {
    return trades.size();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
