package dev.tapeline.gateway.protocol.centrifugo;

import dev.tapeline.access.Identity;
import dev.tapeline.gateway.protocol.Entitlement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** The tokens that one client shows, with {@code connect} and {@code refresh}. */
final class Login {

  private final Entitlement entitlement;

  Login(Entitlement entitlement) {
    this.entitlement = entitlement;
  }

  /**
   * Takes a token; without one, the client is who it was before.
   *
   * @param then told, on the lane, why the client may not go on; empty if it may
   */
  void show(String token, Consumer<Optional<ErrorCode>> then) {
    if (token.isEmpty()) {
      then.accept(
          entitlement.identity().isPresent()
              ? Optional.empty()
              : Optional.of(ErrorCode.UNAUTHORIZED));
    } else {
      entitlement.authenticate(token, outcome -> then.accept(problem(outcome)));
    }
  }

  private static Optional<ErrorCode> problem(Entitlement.Outcome outcome) {
    return switch (outcome) {
      case Entitlement.Outcome.Accepted _ -> Optional.empty();
      case Entitlement.Outcome.Refused(String reason) ->
          Optional.of(
              reason.contains("expired") ? ErrorCode.TOKEN_EXPIRED : ErrorCode.UNAUTHORIZED);
    };
  }

  /** Tells the client when it is to bring a fresh token. */
  void describe(ObjectNode result) {
    entitlement
        .identity()
        .flatMap(Identity::expires)
        .ifPresent(end -> {
          long left = Duration.between(Instant.now(), end).toSeconds();
          result.put("expires", true).put("ttl", Math.max(1, left));
        });
  }
}
