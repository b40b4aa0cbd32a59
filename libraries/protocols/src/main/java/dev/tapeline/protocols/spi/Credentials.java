package dev.tapeline.protocols.spi;

import dev.tapeline.access.token.BearerToken;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The token or key that a client shows with the request that opens its connection: {@code
 * Authorization: Bearer …}, {@code X-API-Key: …}, {@code ?token=…}, or, as browsers can't set
 * headers, the subprotocols {@code tapeline.token, <the token>}.
 */
public final class Credentials {

  /**
   * The subprotocol that clients offer in front of a token. The server chooses it and never the
   * token.
   */
  public static final String SUBPROTOCOL = "tapeline.token";

  private Credentials() {}

  public static Optional<String> of(Opening opening) {
    return Stream.of(
            opening.header("Authorization").flatMap(BearerToken::in),
            opening.header("X-API-Key"),
            opening.parameter("token"),
            offered(opening))
        .flatMap(Optional::stream)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static Optional<String> offered(Opening opening) {
    List<String> offers =
        opening.headers().getAll("Sec-WebSocket-Protocol").stream()
            .flatMap(header -> Stream.of(header.split(",")))
            .map(String::strip)
            .toList();
    int at = offers.indexOf(SUBPROTOCOL);
    return at < 0 || at + 1 == offers.size() ? Optional.empty() : Optional.of(offers.get(at + 1));
  }
}
