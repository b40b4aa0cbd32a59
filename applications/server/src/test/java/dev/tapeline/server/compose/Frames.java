package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Collects the frames of a connection. */
final class Frames implements WebSocket.Listener {

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  /** Waits for the next frame that contains the text; earlier frames are dropped. */
  String await(String part) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      String frame = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertNotNull(frame, "no frame with " + part);
      if (frame.contains(part)) {
        return frame;
      }
    }
  }

  /** Waits until each text has come, in whatever order; earlier frames are dropped. */
  void awaitAll(String... parts) throws InterruptedException {
    List<String> missing = new ArrayList<>(List.of(parts));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!missing.isEmpty()) {
      String frame = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertNotNull(frame, "no frame with " + missing);
      missing.removeIf(frame::contains);
    }
  }

  CompletableFuture<Integer> closed() {
    return closed;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      frames.add(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }
}
