package dev.tapeline.server.cli;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The command that prints the publications of channels as they come, one a line, and reconnects.
 */
@Command(
    name = "tail",
    description = "Prints the publications of a running server's channels, one a line.",
    mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {

  private static final int UNAUTHORIZED = 401;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  @Mixin private final ClientOptions client = new ClientOptions();

  @Option(
      names = "--latest",
      description = "Only the newest of each channel, where its kind allows it.")
  private boolean latest;

  @Option(names = "--count", paramLabel = "N", description = "Stops after N publications.")
  private long count = Long.MAX_VALUE;

  @Parameters(
      arity = "1..*",
      paramLabel = "CHANNEL",
      description = "Channel names, or patterns in which * matches any run of characters.")
  private List<String> channels = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    long left = count;
    try (HttpClient http = client.client()) {
      while (true) {
        TailSession session = new TailSession(client, left);
        TailSession.End end = watch(http, session);
        switch (end) {
          case DONE -> {
            return Commands.OK;
          }
          case REFUSED -> {
            return Commands.FAILED;
          }
          case LOST -> {}
        }
        left -= session.printed();
        pause = session.printed() > 0 ? FIRST_PAUSE_MILLIS : pause;
        long wait = Math.max(session.askedPause(), jittered(pause));
        client.err().println("tapeline: reconnecting in " + wait + " ms");
        Thread.sleep(wait);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private static long jittered(long pause) {
    return ThreadLocalRandom.current().nextLong(pause / 2, pause);
  }

  private TailSession.End watch(HttpClient http, TailSession session) {
    try {
      WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(ClientOptions.PATIENCE);
      client.token().ifPresent(token -> builder.header("Authorization", "Bearer " + token));
      WebSocket socket = builder.buildAsync(client.webSocket(), session).join();
      socket.sendText(request(), true).join();
      return session.end().join();
    } catch (CompletionException e) {
      return failed(e.getCause());
    }
  }

  private TailSession.End failed(@Nullable Throwable cause) {
    if (cause instanceof WebSocketHandshakeException refusal
        && refusal.getResponse().statusCode() == UNAUTHORIZED) {
      client.fail("the server refused (401): " + ClientOptions.remedy(client.token().isPresent()));
      return TailSession.End.REFUSED;
    }
    client.err().println("tapeline: " + client.webSocket() + ": " + cause);
    return TailSession.End.LOST;
  }

  private String request() {
    ObjectNode request = new JsonMapper().createObjectNode().put("action", "subscribe");
    ArrayNode items = request.putArray("channels");
    for (String channel : channels) {
      ObjectNode item = items.addObject().put("channel", channel);
      if (latest) {
        item.put("mode", "latest");
      }
    }
    return request.toString();
  }
}
