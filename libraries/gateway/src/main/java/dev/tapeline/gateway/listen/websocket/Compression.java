package dev.tapeline.gateway.listen.websocket;

import dev.tapeline.hub.frame.Framing;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agreement of a client and the gateway on permessage-deflate (RFC 7692). In neither direction
 * does a message depend on an earlier one. So a message that was compressed once serves all
 * clients, and a connection needs no memory for compression.
 *
 * @param framing the framing of what the client is sent
 * @param answer the value of the header that answers the offer
 */
public record Compression(Framing framing, String answer) {

  private static final String NAME = "permessage-deflate";
  private static final String AGREED =
      NAME + "; server_no_context_takeover; client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final int MOST_BITS = 15;

  /** The first of the client's offers that can be met. */
  public static Optional<Compression> offered(HttpHeaders headers) {
    return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS).stream()
        .flatMap(header -> Stream.of(header.split(",")))
        .filter(Compression::isNamed)
        .filter(offer -> !repeatsParameter(offer))
        .flatMap(offer -> WebSocketExtensionUtil.extractExtensions(offer).stream())
        .filter(offer -> offer.name().equals(NAME))
        .filter(Compression::isUnderstood)
        .map(Compression::of)
        .findFirst();
  }

  /** Whether the offer has a name: Netty can't read one without. */
  private static boolean isNamed(String offer) {
    return !offer.replace(';', ' ').isBlank();
  }

  /**
   * Whether the offer has a parameter twice. It must be declined then (section 7.1); Netty keeps
   * only the last one.
   */
  private static boolean repeatsParameter(String offer) {
    Set<String> names = new HashSet<>();
    return Stream.of(offer.split(";"))
        .skip(1)
        .map(parameter -> parameter.split("=", 2)[0].strip())
        .anyMatch(name -> !name.isEmpty() && !names.add(name));
  }

  private static boolean isUnderstood(WebSocketExtensionData offer) {
    return offer.parameters().entrySet().stream()
        .allMatch(parameter -> isUnderstood(parameter.getKey(), parameter.getValue()));
  }

  private static boolean isUnderstood(String parameter, @Nullable String value) {
    return switch (parameter) {
      case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
      case "client_max_window_bits" -> value == null || isBits(value);
      case SERVER_WINDOW -> value != null && isBits(value);
      default -> false;
    };
  }

  private static boolean isBits(String value) {
    return value.matches("[89]|1[0-5]");
  }

  private static Compression of(WebSocketExtensionData offer) {
    Map<String, String> parameters = offer.parameters();
    String bits = parameters.get(SERVER_WINDOW);
    if (bits == null) {
      return new Compression(Framing.COMPRESSED, AGREED);
    }
    Framing framing =
        Integer.parseInt(bits) == MOST_BITS ? Framing.COMPRESSED : Framing.COMPRESSED_NARROW;
    return new Compression(framing, AGREED + "; " + SERVER_WINDOW + "=" + bits);
  }
}
