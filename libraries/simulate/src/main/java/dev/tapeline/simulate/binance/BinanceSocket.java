package dev.tapeline.simulate.binance;

import dev.tapeline.simulate.net.ClientSocket;
import dev.tapeline.simulate.net.Json;
import dev.tapeline.simulate.net.SocketHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A client's socket with its streams. Owned by the server's loop. */
final class BinanceSocket implements SocketHandler {

  static final int MOST_STREAMS = 1024;
  private static final int POLICY = 1008;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final BinanceOptions options;
  private final BinanceSite site;
  private final ClientSocket socket;
  private final boolean micros;
  private final Map<String, BinanceStream> streams = new LinkedHashMap<>();
  private final Deque<Long> inbound = new ArrayDeque<>();
  private boolean combined;
  private byte @Nullable [] unanswered;
  private long pinged;

  BinanceSocket(
      BinanceOptions options,
      BinanceSite site,
      ClientSocket socket,
      boolean combined,
      boolean micros,
      Collection<String> names) {
    this.options = options;
    this.site = site;
    this.socket = socket;
    this.combined = combined;
    this.micros = micros;
    names.stream().limit(MOST_STREAMS).forEach(this::add);
  }

  /** Adds a stream; what is none is ignored, as in {@code /ws/0}. */
  private void add(String name) {
    BinanceStream stream = BinanceStream.parse(name);
    if (stream != null) {
      streams.put(name, stream);
    }
  }

  @Override
  public void onOpen() {
    site.join(this);
    socket.every(options.ping(), this::ping);
  }

  @Override
  public void onClosed() {
    site.leave(this);
  }

  private void ping() {
    byte[] waiting = unanswered;
    if (waiting != null && System.nanoTime() - pinged > options.patience().toNanos()) {
      socket.close(POLICY, "Pong timeout");
      return;
    }
    byte[] payload = Long.toString(site.now()).getBytes(StandardCharsets.US_ASCII);
    if (waiting == null) {
      unanswered = payload;
      pinged = System.nanoTime();
    }
    socket.ping(waiting == null ? payload : waiting);
  }

  @Override
  public void onPong(byte[] payload) {
    if (Arrays.equals(payload, unanswered)) {
      unanswered = null;
    }
    arrived();
  }

  @Override
  public void onPing() {
    arrived();
  }

  /** Counts what the client sends; too much ends the socket. Whether it may go on. */
  private boolean arrived() {
    long now = System.nanoTime();
    inbound.addLast(now);
    while (now - inbound.getFirst() >= SECOND) {
      inbound.removeFirst();
    }
    if (inbound.size() > options.messagesPerSecond()) {
      socket.close(POLICY, "Too many requests");
      return false;
    }
    return true;
  }

  @Override
  public void onText(String text) {
    if (!arrived()) {
      return;
    }
    JsonNode request = Json.parse(text);
    if (request == null || !request.isObject()) {
      fail(3, "Invalid JSON: expected value at line 1 column 1", null);
      return;
    }
    JsonNode id = request.get("id");
    if (!isId(id)) {
      fail(2, "Invalid request: request ID must be an unsigned integer, string or null", null);
      return;
    }
    JsonNode params = request.path("params");
    switch (request.path("method").asString("")) {
      case "SUBSCRIBE" -> subscribe(params, id);
      case "UNSUBSCRIBE" -> unsubscribe(params, id);
      case "LIST_SUBSCRIPTIONS" -> list(id);
      case "SET_PROPERTY" -> setProperty(params, id);
      case "GET_PROPERTY" -> getProperty(params, id);
      default ->
          fail(
              2,
              "Invalid request: unknown variant, expected one of `SUBSCRIBE`, "
                  + "`UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`",
              id);
    }
  }

  private static boolean isId(@Nullable JsonNode id) {
    return id == null
        || id.isNull()
        || id.isIntegralNumber()
        || (id.isString() && id.asString().length() <= 36);
  }

  private static @Nullable List<String> names(JsonNode params) {
    if (!params.isArray() || params.isEmpty()) {
      return null;
    }
    List<String> names = new ArrayList<>();
    for (JsonNode one : params) {
      if (!one.isString()) {
        return null;
      }
      names.add(one.asString());
    }
    return names;
  }

  private void subscribe(JsonNode params, @Nullable JsonNode id) {
    List<String> names = names(params);
    if (names == null) {
      fail(2, "Invalid request: params must be a list of streams", id);
      return;
    }
    if (names.stream().anyMatch(name -> BinanceStream.parse(name) == null)) {
      fail(2, "Invalid request: invalid stream", id);
      return;
    }
    long added = names.stream().distinct().filter(name -> !streams.containsKey(name)).count();
    if (streams.size() + added > MOST_STREAMS) {
      fail(2, "Invalid request: too many streams", id);
      return;
    }
    names.forEach(this::add);
    answer(null, id);
  }

  private void unsubscribe(JsonNode params, @Nullable JsonNode id) {
    List<String> names = names(params);
    if (names == null) {
      fail(2, "Invalid request: params must be a list of streams", id);
      return;
    }
    names.forEach(streams::remove);
    answer(null, id);
  }

  private void list(@Nullable JsonNode id) {
    ArrayNode names = Json.array();
    streams.keySet().forEach(names::add);
    answer(names, id);
  }

  private void setProperty(JsonNode params, @Nullable JsonNode id) {
    if (!params.path(0).asString("").equals("combined")) {
      fail(0, "Unknown property", id);
    } else if (!params.path(1).isBoolean()) {
      fail(1, "Invalid value type: expected Boolean", id);
    } else {
      combined = params.path(1).asBoolean();
      answer(null, id);
    }
  }

  private void getProperty(JsonNode params, @Nullable JsonNode id) {
    if (params.path(0).asString("").equals("combined")) {
      socket.sendText("{\"result\":%s,\"id\":%s}".formatted(combined, id == null ? "null" : id));
    } else {
      fail(0, "Unknown property", id);
    }
  }

  private void answer(@Nullable JsonNode result, @Nullable JsonNode id) {
    ObjectNode answer = Json.object();
    answer.set("result", result == null ? Json.object().nullNode() : result);
    answer.set("id", id == null ? Json.object().nullNode() : id);
    socket.sendText(Json.write(answer));
  }

  private void fail(int code, String message, @Nullable JsonNode id) {
    ObjectNode answer = Json.object().put("code", code).put("msg", message);
    if (id != null) {
      answer.set("id", id);
    }
    socket.sendText(Json.write(answer));
  }

  /** Sends an event to each stream of this symbol that it is for. */
  void tell(String symbol, BinanceStream.Kind kind, boolean fast, ObjectNode event) {
    for (BinanceStream stream : List.copyOf(streams.values())) {
      if (stream.kind() == kind && stream.fast() == fast && stream.symbol().equals(symbol)) {
        send(stream.name(), event);
      }
    }
  }

  /** Whether the client has a stream of this kind and speed. */
  boolean isInterested(String symbol, BinanceStream.Kind kind, boolean fast) {
    return streams.values().stream()
        .anyMatch(stream ->
            stream.kind() == kind && stream.fast() == fast && stream.symbol().equals(symbol));
  }

  /** Sends an event; a client that does not read loses its connection. */
  void send(String stream, ObjectNode event) {
    if (!socket.isWritable()) {
      socket.reset();
      return;
    }
    ObjectNode told = micros ? MicrosecondTimes.of(event) : event;
    String text = Json.write(told);
    socket.sendText(combined ? "{\"stream\":\"%s\",\"data\":%s}".formatted(stream, text) : text);
  }

  ClientSocket socket() {
    return socket;
  }

  @Override
  public List<String> subscriptions() {
    return List.copyOf(streams.keySet());
  }
}
