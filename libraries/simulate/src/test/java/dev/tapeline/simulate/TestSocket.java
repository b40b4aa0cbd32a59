package dev.tapeline.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tapeline.simulate.net.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A plain WebSocket client that keeps what it receives. */
public final class TestSocket implements AutoCloseable, WebSocket.Listener {

  private static final long PATIENCE_SECONDS = 30;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** How a socket has ended: by a close frame with this code, or -1 without one. */
  public record End(int code) {

    public static final End WITHOUT_FRAME = new End(-1);
  }

  private final List<String> texts = new ArrayList<>();
  private final List<byte[]> packets = new ArrayList<>();
  private final List<byte[]> pings = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
  private final CompletableFuture<End> ended = new CompletableFuture<>();
  private @Nullable WebSocket socket;
  private int seenTexts;
  private int seenPackets;

  private TestSocket() {}

  public static TestSocket open(int port, String path) {
    TestSocket opened = new TestSocket();
    opened.socket =
        CLIENT
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), opened)
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
    return opened;
  }

  /** The failure of a handshake. */
  public static Throwable refused(int port, String path) {
    try (TestSocket _ = open(port, path)) {
      throw new AssertionError("the handshake was accepted");
    } catch (CompletionException e) {
      return assertNotNull0(e.getCause());
    }
  }

  private static Throwable assertNotNull0(@Nullable Throwable cause) {
    assertNotNull(cause);
    return cause;
  }

  private WebSocket socket() {
    WebSocket open = socket;
    assertNotNull(open);
    return open;
  }

  public void send(String message) {
    socket().sendText(message, true).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  public void sendBytes(byte[] message) {
    socket()
        .sendBinary(ByteBuffer.wrap(message), true)
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** The next binary message. */
  public byte[] nextPacket() {
    return nextPacket(_ -> true);
  }

  /** The next binary message like this; others are skipped. */
  public synchronized byte[] nextPacket(Predicate<byte[]> wanted) {
    long deadline = deadline();
    while (true) {
      while (seenPackets < packets.size()) {
        byte[] packet = packets.get(seenPackets++);
        if (wanted.test(packet)) {
          return packet;
        }
      }
      pause(deadline, "packet");
    }
  }

  /** The next text message, as JSON. */
  public JsonNode next() {
    return next(_ -> true);
  }

  /** The next text message like this; others are skipped. */
  public JsonNode next(Predicate<JsonNode> wanted) {
    while (true) {
      JsonNode message = Json.parse(nextText());
      if (message != null && wanted.test(message)) {
        return message;
      }
    }
  }

  public synchronized String nextText() {
    long deadline = deadline();
    while (seenTexts == texts.size()) {
      pause(deadline, "text");
    }
    return texts.get(seenTexts++);
  }

  public byte[] awaitPing() {
    synchronized (this) {
      long deadline = deadline();
      while (pings.isEmpty()) {
        pause(deadline, "ping");
      }
    }
    return pings.getFirst();
  }

  /** The number of messages received so far. */
  public synchronized int received() {
    return texts.size() + packets.size();
  }

  public End awaitEnd() {
    return ended.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  public void assertEnds(int code) {
    assertEquals(new End(code), awaitEnd());
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  private synchronized void pause(long deadline, String what) {
    if (System.nanoTime() > deadline) {
      throw new AssertionError("no " + what + "; received " + texts + ", ended: " + ended);
    }
    try {
      wait(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onText(
      WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      texts.add(text.toString());
      text.setLength(0);
      notifyAll();
    }
    from.request(1);
    return null;
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onBinary(
      WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    binary.writeBytes(bytes);
    if (last) {
      packets.add(binary.toByteArray());
      binary.reset();
      notifyAll();
    }
    from.request(1);
    return null;
  }

  @Override
  public synchronized @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    pings.add(bytes);
    notifyAll();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    ended.complete(new End(code));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    ended.complete(End.WITHOUT_FRAME);
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
