package dev.tapeline.server.cli;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** One connection of {@code tail}: prints what comes until it ends. Called by one thread. */
final class TailSession implements WebSocket.Listener {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** The reason for the end of a connection. */
  enum End {
    /** The requested number of publications came, or nobody reads them any more. */
    DONE,
    /** None of the channels may be watched, or the server does not want this client back. */
    REFUSED,
    LOST
  }

  /** The first of the close codes after which clients do not reconnect. */
  private static final int FOR_GOOD = 4500;

  private static final int FOR_GOOD_END = 5000;

  private final ClientOptions client;
  private final long wanted;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final AtomicLong printed = new AtomicLong();
  private volatile long askedPause;

  TailSession(ClientOptions client, long wanted) {
    this.client = client;
    this.wanted = wanted;
  }

  CompletableFuture<End> end() {
    return end;
  }

  long printed() {
    return printed.get();
  }

  /** How long the server wants this client to stay away, in ms. */
  long askedPause() {
    return askedPause;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String frame = text.toString();
      text.setLength(0);
      take(frame);
    }
    if (end.isDone()) {
      socket.abort();
    } else {
      socket.request(1);
    }
    return null;
  }

  private void take(String frame) {
    try {
      take(frame, JSON.readTree(frame));
    } catch (JacksonException e) {
      client.err().println("tapeline: not a frame: " + frame);
    }
  }

  private void take(String frame, JsonNode node) {
    switch (node.path("type").asString("")) {
      case "data", "snapshot" -> print(node);
      case "subscribed" -> subscribed(node);
      case "reconnect" -> askedPause = node.path("afterMs").asLong(0);
      case "pong" -> {}
      default -> client.err().println(frame);
    }
  }

  private void print(JsonNode node) {
    String merged = node.has("merged") ? " (merged " + node.path("merged") + ")" : "";
    client
        .out()
        .println(
            "%s %s%s %s"
                .formatted(
                    node.path("channel").asString(), node.path("seq"), merged, node.path("data")));
    boolean unread = client.out().checkError(); // as behind `| head`
    if (printed.incrementAndGet() >= wanted || unread) {
      end.complete(End.DONE);
    }
  }

  private void subscribed(JsonNode node) {
    node.path("rejected").forEach(one -> client.err().println("tapeline: refused: " + one));
    if (node.path("rejected").valueStream().anyMatch(TailSession::isUnauthorized)) {
      client.err().println("tapeline: " + ClientOptions.remedy(false));
    }
    if (node.path("channels").isEmpty()) {
      end.complete(End.REFUSED);
    }
  }

  private static boolean isUnauthorized(JsonNode rejection) {
    return rejection.path("code").asString("").equals("unauthorized");
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    client.err().println("tapeline: closed by the server: %d %s".formatted(code, reason));
    end.complete(code < FOR_GOOD || code >= FOR_GOOD_END ? End.LOST : End.REFUSED);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    client.err().println("tapeline: connection lost: " + error.getMessage());
    end.complete(End.LOST);
  }
}
