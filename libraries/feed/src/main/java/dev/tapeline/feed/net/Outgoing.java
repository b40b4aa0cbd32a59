package dev.tapeline.feed.net;

import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The messages that wait to be sent on one socket, one at a time. Thread-safe. */
final class Outgoing {

  static final int MAX_MESSAGES = 1000;
  static final int MAX_LENGTH = 8 << 20;

  private final Queue<String> texts = new ArrayDeque<>();
  private int length;
  private boolean sending;

  /**
   * Sends a message after those that wait.
   *
   * @return whether there was room for it
   */
  boolean send(WebSocket socket, String text) {
    synchronized (texts) {
      if (texts.size() >= MAX_MESSAGES || length + text.length() > MAX_LENGTH) {
        return false;
      }
      texts.add(text);
      length += text.length();
      if (sending) {
        return true;
      }
      sending = true;
    }
    sendWaiting(socket);
    return true;
  }

  /** A message that can't be sent is dropped: the socket has failed, which its listener is told. */
  private void sendWaiting(WebSocket socket) {
    for (String text = next(); text != null; text = next()) {
      CompletableFuture<WebSocket> sent = socket.sendText(text, true);
      if (!sent.isDone()) {
        sent.whenComplete((_, _) -> sendWaiting(socket));
        return;
      }
    }
  }

  private @Nullable String next() {
    synchronized (texts) {
      String text = texts.poll();
      sending = text != null;
      length -= text == null ? 0 : text.length();
      return text;
    }
  }
}
