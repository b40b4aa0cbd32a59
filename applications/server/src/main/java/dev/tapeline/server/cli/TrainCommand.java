package dev.tapeline.server.cli;

import dev.tapeline.plant.channels.Channels;
import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.compose.Tapeline;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.DatabaseSettings;
import dev.tapeline.server.settings.part.OwnerKey;
import dev.tapeline.store.postgres.PostgresCheck;
import dev.tapeline.store.postgres.PostgresException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/**
 * The command that makes the input of the JVM's AOT cache: a short run of the demo that uses
 * everything that a start needs, and then exits normally.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(TrainCommand.class);

  private static final int WARM_UP = 50;
  private static final int CLIENTS = 20;
  private static final int MESSAGES = 20_000;
  private static final String LAST = "\"last\"";

  @Override
  public Integer call() throws Exception {
    unpackDatabase();
    Path data = Files.createTempDirectory("tapeline-training"); // the market here is invented
    try {
      run(data);
    } finally {
      remove(data);
    }
    return Commands.OK;
  }

  /** Unpacks PostgreSQL for the server, so that its first start need not, and for this run. */
  private static void unpackDatabase() throws InterruptedException {
    Settings settings = Settings.load(System.getenv(), Map.of());
    if (settings.database() == null) {
      try {
        PostgresCheck.unpack(DatabaseSettings.folder(settings.data()))
            .ifPresent(programs -> System.setProperty(PostgresCheck.PROGRAMS, programs));
      } catch (PostgresException e) {
        log.warn("{}", e.getMessage()); // the server says so too, when it needs a database
      }
    }
  }

  private static void run(Path data) throws Exception {
    Map<String, String> options =
        Map.of(
            "TAPELINE_BIND_HOST", "127.0.0.1",
            "TAPELINE_API_PORT", "0",
            "REDIS_WS_GATEWAY_PORT", "0",
            "TAPELINE_DATA", data.toString(),
            "TAPELINE_FEED", "simulator");
    Settings settings = Settings.load(Map.of(), options).withApiKey(OwnerKey.random());
    try (Tapeline tapeline = Tapeline.start(settings, List.of(new FeedPlan.Simulator()));
        HttpClient client = HttpClient.newHttpClient()) {
      String host = "127.0.0.1:" + tapeline.ports().getFirst();
      exercise(client, host);
      fanOut(client, host, tapeline);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void exercise(HttpClient client, String host) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + host + "/ws"), new FirstText(answer))
            .get(10, TimeUnit.SECONDS);
    socket.sendText(subscribe(Channels.tickPattern()), true);
    answer.get(10, TimeUnit.SECONDS);
    for (int i = 0; i < WARM_UP; i++) {
      for (String path :
          List.of(
              "/",
              "/health/ready",
              "/metrics",
              "/openapi.json",
              "/api/v1/current_prices?keys=IDX_I:13",
              "/api/v1/instruments?q=nifty",
              "/api/v1/health/market_stream",
              "/none")) {
        get(client, URI.create("http://" + host + path));
      }
    }
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
  }

  /** Sends many frames to some clients, so that the cache knows the busy paths. */
  private static void fanOut(HttpClient client, String host, Tapeline tapeline) throws Exception {
    CompletableFuture<String> last = new CompletableFuture<>();
    List<WebSocket> sockets = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://" + host + "/ws"), new Until(LAST, last))
              .get(10, TimeUnit.SECONDS);
      socket.sendText(subscribe("train"), true);
      sockets.add(socket);
    }
    for (int i = 0; i < MESSAGES; i++) {
      tapeline.publish("train", "{\"n\":" + i + ",\"d\":\"" + "x".repeat(100) + "\"}");
    }
    tapeline.publish("train", LAST);
    last.get(20, TimeUnit.SECONDS);
    sockets.forEach(WebSocket::abort); // the client's close would wait for them
  }

  private static String subscribe(String channel) {
    return "{\"action\":\"subscribe\",\"channels\":[\"%s\"]}".formatted(channel);
  }

  private static void get(HttpClient client, URI uri) throws IOException, InterruptedException {
    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
  }

  /** Completes with the first text frame. */
  private record FirstText(CompletableFuture<String> answer) implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      answer.complete(data.toString());
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  /** Completes when a text frame ends in what is waited for. */
  private record Until(String end, CompletableFuture<String> seen) implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      String text = data.toString();
      if (text.endsWith(end + "}")) {
        seen.complete(text);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}
