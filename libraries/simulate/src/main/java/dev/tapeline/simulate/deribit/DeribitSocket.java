package dev.tapeline.simulate.deribit;

import dev.tapeline.simulate.deribit.DeribitMethods.Outcome;
import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.Json;
import dev.tapeline.simulate.net.SocketHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client's JSON-RPC socket with its channels. Owned by the server's loop. */
final class DeribitSocket implements SocketHandler {

  static final int MOST_CHANNELS = 2000;
  private static final int SHORTEST_HEARTBEAT = 10;
  private static final int TOO_MANY = 10_028;
  private static final int POLICY = 1008;

  private final DeribitSite site;
  private final DeribitOptions options;
  private final ClientSocket socket;
  private final Credits subscribeCredits;
  private final Credits callCredits;
  private final Map<String, DeribitChannel> channels = new LinkedHashMap<>();
  private int heartbeat;
  private int heartbeats;
  private long beatDue;
  private @Nullable Long testDue;

  DeribitSocket(DeribitSite site, DeribitOptions options, ClientSocket socket) {
    this.site = site;
    this.options = options;
    this.socket = socket;
    this.subscribeCredits = new Credits(options.subscribeCredits(), System::nanoTime);
    this.callCredits = new Credits(options.callCredits(), System::nanoTime);
  }

  @Override
  public void onOpen() {
    site.join(this);
    socket.every(Duration.ofMillis(100), this::beat);
  }

  @Override
  public void onClosed() {
    site.leave(this);
  }

  @Override
  public void onText(String text) {
    JsonNode request = Json.parse(text);
    if (request == null || !request.isObject()) {
      answer(new Outcome.Failure(-32_700, "Parse error", ""), null);
      return;
    }
    JsonNode id = request.get("id");
    String method = request.path("method").asString("");
    boolean subscribes = method.endsWith("/subscribe");
    if (!(subscribes ? subscribeCredits : callCredits).take()) {
      answer(new Outcome.Failure(TOO_MANY, "too_many_requests", ""), id);
      socket.close(POLICY, "too_many_requests");
      return;
    }
    answer(outcome(method, request.path("params")), id);
    if (subscribes) {
      tellFirst(request.path("params").path("channels"));
    }
  }

  private void answer(Outcome outcome, @Nullable JsonNode id) {
    socket.sendText(Json.write(RpcAnswer.of(outcome, id, site.now() * 1000)));
  }

  private Outcome outcome(String method, JsonNode params) {
    testDue = null; // any call shows that the client is alive
    return switch (method) {
      case "public/subscribe" -> subscribe(params.path("channels"));
      case "public/unsubscribe" -> unsubscribe(params.path("channels"));
      case "public/unsubscribe_all" -> {
        channels.clear();
        yield new Outcome.Result(Json.object().stringNode("ok"));
      }
      case "public/set_heartbeat" -> setHeartbeat(params.path("interval").asInt(0));
      case "public/disable_heartbeat" -> setHeartbeat(0);
      default -> site.methods().call(method, params);
    };
  }

  private Outcome subscribe(JsonNode names) {
    ArrayNode accepted = Json.array();
    for (JsonNode one : names) {
      String name = one.asString("");
      if (DeribitChannel.isRaw(name)) {
        return new Outcome.Failure(13_778, "raw_subscriptions_not_available_for_unauthorized", "");
      }
    }
    for (JsonNode one : names) {
      DeribitChannel channel = DeribitChannel.parse(one.asString(""), site.market());
      if (channel != null && channels.size() < MOST_CHANNELS) {
        channels.put(channel.name(), channel);
        accepted.add(channel.name());
      }
    }
    return names.isArray()
        ? new Outcome.Result(accepted)
        : DeribitMethods.invalid("channels", "wrong format");
  }

  private Outcome unsubscribe(JsonNode names) {
    ArrayNode removed = Json.array();
    for (JsonNode one : names) {
      if (channels.remove(one.asString("")) != null) {
        removed.add(one.asString(""));
      }
    }
    return new Outcome.Result(removed);
  }

  private void tellFirst(JsonNode names) {
    for (JsonNode one : names) {
      DeribitChannel channel = channels.get(one.asString(""));
      JsonNode first = channel == null ? null : site.publisher().first(channel, site.now());
      if (channel != null && first != null) {
        tell(channel.name(), first);
      }
    }
  }

  private Outcome setHeartbeat(int seconds) {
    if (seconds != 0 && seconds < SHORTEST_HEARTBEAT) {
      return DeribitMethods.invalid("interval", "must be at least " + SHORTEST_HEARTBEAT);
    }
    heartbeat = seconds;
    testDue = null;
    beatDue = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    return new Outcome.Result(Json.object().stringNode("ok"));
  }

  /** Sends heartbeats, every second one a test, and ends a socket that leaves a test unanswered. */
  private void beat() {
    long now = System.nanoTime();
    Long due = testDue;
    if (due != null && now - due > 0) {
      socket.close(POLICY, "test request not answered");
      return;
    }
    if (heartbeat > 0 && now - beatDue >= 0) {
      beatDue = now + Duration.ofSeconds(heartbeat).toNanos();
      sendBeat(heartbeats++ % 2 == 0 ? "test_request" : "heartbeat");
    }
  }

  /** Sends a heartbeat of a type at once. */
  void sendBeat(String type) {
    if (type.equals("test_request") && testDue == null) {
      testDue = System.nanoTime() + options.testPatience().toNanos();
    }
    ObjectNode beat = Json.object().put("jsonrpc", "2.0").put("method", "heartbeat");
    beat.putObject("params").put("type", type);
    socket.sendText(Json.write(beat));
  }

  /** Whether a test request has not been answered yet. */
  boolean isTested() {
    return testDue != null;
  }

  /** Tells each channel what is new; a client that does not read loses its connection. */
  void tellNext() {
    for (DeribitChannel channel : List.copyOf(channels.values())) {
      JsonNode next = site.publisher().next(channel);
      if (next != null) {
        tell(channel.name(), next);
      }
    }
  }

  private void tell(String channel, JsonNode data) {
    if (!socket.isWritable()) {
      socket.close(POLICY, "connection_too_slow");
      return;
    }
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("method", "subscription");
    message.putObject("params").put("channel", channel).set("data", data);
    socket.sendText(Json.write(message));
  }

  /** Ends the socket as for too many requests. */
  void exceed() {
    answer(new Outcome.Failure(TOO_MANY, "too_many_requests", ""), null);
    socket.close(POLICY, "too_many_requests");
  }

  ClientSocket socket() {
    return socket;
  }

  @Override
  public List<String> subscriptions() {
    return new ArrayList<>(channels.keySet());
  }
}
