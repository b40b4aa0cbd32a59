package dev.tapeline.chaos.day;

import dev.tapeline.chaos.ChaosException;
import dev.tapeline.chaos.fault.NodeVictim;
import dev.tapeline.simulate.dhan.DhanAccount;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole node as a process of its own, with the three vendors as its sources. Owned by one thread,
 * but for {@link #prices}, which any may call.
 */
final class DayNode implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int KEYS_A_CALL = 200;

  private final NodeVictim process;
  private final HttpClient http;
  private final Path token;

  /**
   * A node that is not started yet.
   *
   * @param folder of its log and its data
   * @param redis the address of its Redis
   * @param watched the keys that it always watches, by vendor
   */
  DayNode(
      Path folder,
      HttpClient http,
      String redis,
      Map<VendorName, VendorStand> vendors,
      Map<VendorName, ? extends Collection<String>> watched) {
    this.http = http;
    this.token = folder.resolve("token");
    renewToken(DhanAccount.USUAL.token());
    Map<String, String> settings = new HashMap<>();
    settings.put("REDIS_URL", redis);
    settings.put("TAPELINE_NODE", "day");
    settings.put("TAPELINE_DATA", folder.resolve("data").toString());
    settings.put("TAPELINE_REST_RATE_BURST", "100000");
    settings.put("DHANHQ_CLIENT_ID", DhanAccount.USUAL.clientId());
    settings.put("DHANHQ_ACCESS_TOKEN_FILE", token.toString());
    List<String> feeds = new ArrayList<>();
    vendors.forEach((name, stand) -> {
      Path list = folder.resolve(name.word() + ".txt");
      write(list, String.join("\n", watched.get(name)));
      feeds.add(feed(stand) + " watch-file=" + list);
    });
    settings.put("TAPELINE_FEEDS", String.join(", ", feeds));
    process = new NodeVictim("day", folder, http, settings);
  }

  private static String feed(VendorStand stand) {
    String host = "127.0.0.1:" + stand.port();
    return switch (stand.name()) {
      case DHAN ->
          ("dhan hours=always socket-url=ws://%1$s/ rest-url=http://%1$s/v2"
                  + " master-url=http://%1$s/api-data/api-scrip-master-detailed.csv")
              .formatted(host);
      case BINANCE -> "binance socket-url=ws://%1$s rest-url=http://%1$s".formatted(host);
      case DERIBIT ->
          "deribit socket-url=ws://%1$s/ws/api/v2 rest-url=http://%1$s/api/v2".formatted(host);
    };
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ChaosException("can't write " + file, e);
    }
  }

  /** Starts it, and waits until it serves. */
  void start() {
    process.start();
    process.awaitReady(Duration.ofSeconds(60));
  }

  /** Puts another access token of Dhan's where the node reads it. */
  void renewToken(String secret) {
    write(token, secret);
  }

  int port() {
    return process.port();
  }

  long pid() {
    return process.pid();
  }

  /** Its output so far. */
  String log() {
    return process.log();
  }

  /** The states of its sources, by name. */
  Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    for (JsonNode source :
        JSON.readTree(get("/api/v1/nodes")).path("nodes").path(0).path("sources")) {
      states.put(source.path("source").asString(""), source.path("status").asString(""));
    }
    return states;
  }

  /** The last prices of these instruments, by key. */
  Map<String, BigDecimal> prices(List<String> keys) {
    Map<String, BigDecimal> prices = new TreeMap<>();
    for (int from = 0; from < keys.size(); from += KEYS_A_CALL) {
      List<String> some = keys.subList(from, Math.min(keys.size(), from + KEYS_A_CALL));
      JsonNode told =
          JSON.readTree(get("/api/v1/current_prices?keys=" + String.join(",", some)))
              .path("prices");
      told.propertyNames()
          .forEach(key -> prices.put(key, told.path(key).asDecimal(BigDecimal.ZERO)));
    }
    return prices;
  }

  /** Its metrics whose names begin like this, with their labels. */
  Map<String, Double> metrics(String beginning) {
    Map<String, Double> found = new TreeMap<>();
    get("/metrics")
        .lines()
        .filter(line -> line.startsWith(beginning))
        .forEach(line -> {
          int space = line.lastIndexOf(' ');
          found.put(line.substring(0, space), Double.parseDouble(line.substring(space)));
        });
    return found;
  }

  /** The answer to a GET. */
  String get(String path) {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(port(), path));
    try {
      return http.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new ChaosException("no answer of the node to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChaosException("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
