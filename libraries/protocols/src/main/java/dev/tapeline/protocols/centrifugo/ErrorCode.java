package dev.tapeline.protocols.centrifugo;

import dev.tapeline.protocols.spi.RejectedException;

/** The protocol's error codes: why a command is refused. */
enum ErrorCode {
  INTERNAL(100, true),
  UNAUTHORIZED(101, false),
  PERMISSION_DENIED(103, false),
  METHOD_NOT_FOUND(104, false),
  ALREADY_SUBSCRIBED(105, false),
  LIMIT_EXCEEDED(106, false),
  BAD_REQUEST(107, false),
  NOT_AVAILABLE(108, false),
  TOKEN_EXPIRED(109, false),
  TOO_MANY_REQUESTS(111, true),
  UNRECOVERABLE_POSITION(112, false);

  private final int number;
  private final boolean temporary;

  ErrorCode(int number, boolean temporary) {
    this.number = number;
    this.temporary = temporary;
  }

  int number() {
    return number;
  }

  /** Whether the client is to repeat the command by itself. */
  boolean isTemporary() {
    return temporary;
  }

  static ErrorCode of(RejectedException why) {
    return switch (why.error()) {
      case UNAUTHORIZED -> UNAUTHORIZED;
      case EXPIRED -> TOKEN_EXPIRED;
      case FORBIDDEN -> PERMISSION_DENIED;
      case LIMIT -> LIMIT_EXCEEDED;
      case BUSY -> TOO_MANY_REQUESTS;
      case BAD_JSON,
          BAD_REQUEST,
          UNKNOWN_ACTION,
          BAD_CHANNEL,
          MODE,
          DELTA,
          NOT_SUBSCRIBED,
          UNAVAILABLE,
          NO_HISTORY,
          EPOCH,
          RATE_LIMITED,
          TOO_MANY_MATCHES ->
          BAD_REQUEST;
    };
  }
}
