package dev.tapeline.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket client of the JDK that keeps all it receives, in order. */
public final class TestClient implements WebSocket.Listener, AutoCloseable {

  public static final JsonMapper JSON = new JsonMapper();

  private final List<String> texts = new ArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;
  private int closeCode;

  public TestClient(int port, String path) {
    this(port, path, builder -> builder);
  }

  public TestClient(int port, String path, UnaryOperator<WebSocket.Builder> change) {
    this(
        change.apply(HttpClient.newHttpClient().newWebSocketBuilder()),
        URI.create("ws://127.0.0.1:" + port + path));
  }

  public TestClient(HttpClient client, URI address) {
    this(client.newWebSocketBuilder(), address);
  }

  private TestClient(WebSocket.Builder builder, URI address) {
    socket = builder.buildAsync(address, this).orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public synchronized CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      texts.add(partial.toString());
      partial.setLength(0);
      notifyAll();
    }
    ws.request(1);
    return null;
  }

  @Override
  public synchronized CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
    closeCode = code;
    notifyAll();
    return null;
  }

  @Override
  public synchronized void onError(WebSocket ws, Throwable error) {
    closeCode = 1006;
    notifyAll();
  }

  /** The one that the server has chosen, empty if none. */
  public String subprotocol() {
    return socket.getSubprotocol();
  }

  public void send(String text) {
    socket.sendText(text, true).join();
  }

  public void sendPart(String text, boolean last) {
    socket.sendText(text, last).join();
  }

  public void sendBinary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** Subscribes and waits for the answer. */
  public JsonNode subscribe(String... channels) {
    int before = size();
    send("{\"action\":\"subscribe\",\"channels\":[" + String.join(",", channels) + "]}");
    return awaitFrom(before, m -> m.path("type").asString("").equals("subscribed"));
  }

  public synchronized int size() {
    return texts.size();
  }

  public synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  public List<JsonNode> ofType(String type) {
    return texts().stream()
        .map(JSON::readTree)
        .filter(m -> m.path("type").asString("").equals(type))
        .toList();
  }

  public JsonNode await(Predicate<JsonNode> wanted) {
    return awaitFrom(0, wanted);
  }

  public JsonNode awaitType(String type) {
    return await(m -> m.path("type").asString("").equals(type));
  }

  /** The first message from this one on that is wanted; waits for it, at most 30 s. */
  public synchronized JsonNode awaitFrom(int from, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    int at = from;
    while (true) {
      for (; at < texts.size(); at++) {
        JsonNode message = JSON.readTree(texts.get(at));
        if (wanted.test(message)) {
          return message;
        }
      }
      pause(deadline);
    }
  }

  public synchronized int awaitClose() {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (closeCode == 0) {
      pause(deadline);
    }
    return closeCode;
  }

  private void pause(long deadline) {
    if (System.nanoTime() > deadline) {
      throw new AssertionError("not within 30 s; received " + texts);
    }
    try {
      wait(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
