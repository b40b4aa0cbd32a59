package dev.tapeline.bench.mixed;

import dev.tapeline.bench.client.Handshake;
import dev.tapeline.plant.channels.Channels;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A protocol, and the messages by which its clients subscribe to the common channels. */
enum MixedForm {
  NATIVE(
      "/ws",
      names -> List.of("{\"action\":\"subscribe\",\"channels\":[%s]}".formatted(quoted(names))),
      "\"type\":\"subscribed\"",
      false),
  LINES("/ws?lines=true", NATIVE.requests, NATIVE.confirmation, false),
  EXCHANGE(
      "/",
      names ->
          List.of(
              "{\"method\":\"SUBSCRIBE\",\"params\":[%s],\"id\":1}".formatted(quoted(names)),
              MixedForm.LIST),
      "\"id\":77",
      false),
  BINANCE("/stream", EXCHANGE.requests, EXCHANGE.confirmation, false),
  CABLE("/cable", names -> each(names, MixedForm::cable), "\"confirm_subscription\"", true),
  CENTRIFUGO(
      "/connection/websocket",
      names -> {
        List<String> requests = each(names, MixedForm::centrifugo);
        requests.addFirst("{\"id\":1,\"connect\":{}}");
        return requests;
      },
      "\"subscribe\":{",
      true),
  EVENTS("/sse", names -> List.of(), NATIVE.confirmation, false);

  /** Maps the class of channels that its cable clients name. */
  static final String CABLE_MAPPING = "MixedChannel=" + Channels.trade("{m}");

  private static final String PREFIX = Channels.trade("");

  /** A request that all of their dialects answer; a subscription alone is not answered by all. */
  private static final String LIST = "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":77}";

  private final String path;

  @SuppressWarnings("ImmutableEnumChecker") // it has no state
  private final Function<List<String>, List<String>> requests;

  private final String confirmation;
  private final boolean confirmsEach;

  /**
   * @param requests make the messages that subscribe to channels of these names
   * @param confirmation a text in each answer
   * @param confirmsEach whether each channel is confirmed by itself, instead of all together
   */
  MixedForm(
      String path,
      Function<List<String>, List<String>> requests,
      String confirmation,
      boolean confirmsEach) {
    this.path = path;
    this.requests = requests;
    this.confirmation = confirmation;
    this.confirmsEach = confirmsEach;
  }

  /** The name of the protocol in the report. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String channel(int number) {
    return PREFIX + number;
  }

  static List<String> channels(int count) {
    return IntStream.range(0, count).mapToObj(MixedForm::channel).toList();
  }

  SocketChannel open(InetSocketAddress address, List<String> names) throws IOException {
    return switch (this) {
      case EVENTS -> Handshake.events(address, path + "?channels=" + String.join(",", names));
      case CABLE ->
          Handshake.webSocket(address, path, "Sec-WebSocket-Protocol: actioncable-v1-json\r\n");
      default -> Handshake.webSocket(address, path, "");
    };
  }

  List<String> requests(List<String> names) {
    return requests.apply(names);
  }

  /** The text that comes back {@link #confirmations} times. */
  String confirmation() {
    return confirmation;
  }

  int confirmations(List<String> names) {
    return confirmsEach ? names.size() : 1;
  }

  private static String quoted(List<String> names) {
    return names.stream().collect(Collectors.joining("\",\"", "\"", "\""));
  }

  private static List<String> each(List<String> names, Function<String, String> request) {
    return names.stream().map(request).collect(Collectors.toList());
  }

  private static String cable(String name) {
    String identifier =
        "{\\\"channel\\\":\\\"MixedChannel\\\",\\\"m\\\":\\\"%s\\\"}"
            .formatted(name.substring(PREFIX.length()));
    return "{\"command\":\"subscribe\",\"identifier\":\"%s\"}".formatted(identifier);
  }

  private static String centrifugo(String name) {
    int id = 2 + Integer.parseInt(name.substring(PREFIX.length()));
    return "{\"id\":%d,\"subscribe\":{\"channel\":\"%s\"}}".formatted(id, name);
  }
}
