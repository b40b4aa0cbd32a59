package dev.tapeline.clients;

import java.util.Locale;
import java.util.function.UnaryOperator;

/** A protocol over a plain WebSocket: the requests of its programs, and the form of its data. */
enum SocketForm {
  ACTIONS("/ws", "trade@TATA_INR", "/data/data/n", SocketForm::action),
  ACTIONS_ON_THE_ROOT("/", "trade@TATA_INR", "/data/data/n", SocketForm::action),
  LINES("/ws?lines=true", "trade@TATA_INR", "/data/data/n", SocketForm::action),
  OLDER("/ws", "option-chain:NIFTY:2025-11-28", "/data/data/n", SocketForm::type),
  EXCHANGE("/", "trade@TATA_INR", "/data/n", verb -> method(verb, "trade@TATA_INR")),
  BINANCE("/ws/0", "trade@BTCUSDT", "/n", verb -> method(verb, "btcusdt@trade")),
  COMBINED("/stream", "trade@BTCUSDT", "/data/n", verb -> method(verb, "btcusdt@trade")),
  /** This form has no requests: connecting subscribes, and closing unsubscribes. */
  TICKS("/stream/ticks", "market:tick", "/data/n", verb -> "");

  private final String path;
  private final String channel;
  private final String number;
  private final UnaryOperator<String> request;

  SocketForm(String path, String channel, String number, UnaryOperator<String> request) {
    this.path = path;
    this.channel = channel;
    this.number = number;
    this.request = request;
  }

  private static String action(String verb) {
    return "{\"action\":\"%s\",\"channels\":[\"trade@TATA_INR\"]}".formatted(verb);
  }

  private static String type(String verb) {
    return """
    {"type":"%s","channel":"option-chain","symbol":"NIFTY","expiry":"2025-11-28"}\
    """
        .formatted(verb);
  }

  private static String method(String verb, String stream) {
    return "{\"method\":\"%s\",\"params\":[\"%s\"],\"id\":1}"
        .formatted(verb.toUpperCase(Locale.ROOT), stream);
  }

  /** The request to subscribe or to unsubscribe; empty if the form has none. */
  String request(String verb) {
    return request.apply(verb);
  }

  String path() {
    return path;
  }

  String channel() {
    return channel;
  }

  /** The name in {@code socket.mjs} of a message with data. */
  String event() {
    return this == OLDER ? "update" : "data";
  }

  /** Whether the newest value comes first. */
  boolean beginsWithTheNewest() {
    return this == OLDER;
  }

  /** The place in a message of the number of {@link #published}. */
  String number() {
    return number;
  }

  /** The publication for this form, long enough to be compressed. */
  String published(int n) {
    return "{\"stream\":\"%s\",\"data\":{\"n\":%d,\"filler\":\"%s\"}}"
        .formatted(channel, n, "12,345.50 ".repeat(60));
  }
}
