package dev.tapeline.protocols.centrifugo;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.Entitlement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One client's {@code connect} and {@code refresh}, with the check of its tokens. Owned by its
 * lane.
 */
final class Login {

  private static final String VERSION = "tapeline";

  /**
   * How long before its end a token is to be refreshed; a quarter of its life if that is shorter.
   */
  private static final long AHEAD_SECONDS = 5;

  private final String client = UUID.randomUUID().toString();
  private final Entitlement entitlement;
  private final Replies replies;
  private final CentrifugoHeartbeat heartbeat;
  private State state = State.NEW;

  /** The state of the login. */
  private enum State {
    NEW,
    SHOWING,
    CONNECTED
  }

  Login(Entitlement entitlement, Replies replies, CentrifugoHeartbeat heartbeat) {
    this.entitlement = entitlement;
    this.replies = replies;
    this.heartbeat = heartbeat;
  }

  boolean isConnected() {
    return state == State.CONNECTED;
  }

  /** Whether a token is being checked, so that later commands wait. */
  boolean isUnderWay() {
    return state == State.SHOWING;
  }

  /**
   * Connects a client that is not connected yet; without a token it keeps its identity.
   *
   * @param then gets the reason why the client is not connected; null if it is
   */
  void connect(long id, String token, Consumer<@Nullable ErrorCode> then) {
    state = State.SHOWING;
    show(
        token,
        problem -> {
          if (problem == null) {
            state = State.CONNECTED;
            welcome(id);
          } else {
            state = State.NEW;
            refuse(id, problem);
          }
          then.accept(problem);
        });
  }

  /** A refresh that fails changes nothing: the connection ends with the token it has. */
  void refresh(long id, String token) {
    show(
        token,
        problem -> {
          if (problem != null) {
            refuse(id, problem);
          } else if (token.isEmpty()) {
            refuse(id, ErrorCode.BAD_REQUEST);
          } else {
            replies.result(id, "refresh", described());
          }
        });
  }

  private void show(String token, Consumer<@Nullable ErrorCode> then) {
    if (token.isEmpty()) {
      boolean known = entitlement.identity().isPresent();
      then.accept(known ? null : ErrorCode.UNAUTHORIZED);
    } else {
      entitlement.authenticate(token, outcome -> then.accept(problem(outcome)));
    }
  }

  private static @Nullable ErrorCode problem(Entitlement.Outcome outcome) {
    return switch (outcome) {
      case Entitlement.Outcome.Accepted _ -> null;
      case Entitlement.Outcome.Refused(String reason) ->
          reason.contains("expired") ? ErrorCode.TOKEN_EXPIRED : ErrorCode.UNAUTHORIZED;
      case Entitlement.Outcome.Unavailable _ -> ErrorCode.INTERNAL;
      case Entitlement.Outcome.Crowded _ -> ErrorCode.LIMIT_EXCEEDED;
    };
  }

  private void welcome(long id) {
    heartbeat.begin();
    replies.result(id, "connect", described().put("ping", heartbeat.seconds()).put("pong", true));
  }

  /** The result for the client: its id, and the time until it must refresh its token. */
  private ObjectNode described() {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("client", client).put("version", VERSION);
    entitlement
        .identity()
        .map(Identity::expires)
        .ifPresent(end -> {
          long left = Duration.between(Instant.now(), end).toSeconds();
          result.put("expires", true).put("ttl", ttl(left));
        });
    return result;
  }

  private static long ttl(long left) {
    return Math.max(1, left - Math.min(AHEAD_SECONDS, left / 4));
  }

  private void refuse(long id, ErrorCode code) {
    replies.error(id, code, words(code));
  }

  private static String words(ErrorCode code) {
    return switch (code) {
      case TOKEN_EXPIRED -> "the token has expired";
      case INTERNAL -> "the token can't be checked now: try again";
      case LIMIT_EXCEEDED -> "the user has reached its limit of connections";
      default -> "no valid token";
    };
  }
}
