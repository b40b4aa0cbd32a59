package dev.tapeline.feed.deribit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A message of Deribit's socket: JSON-RPC 2.0, and notifications. */
sealed interface DeribitMessage {

  /** Data of a channel. */
  record Push(String channel, JsonNode data) implements DeribitMessage {}

  /** A request has been answered. */
  record Result(long id, JsonNode result) implements DeribitMessage {}

  /**
   * A request was refused.
   *
   * @param id null where Deribit does not say which one
   * @param text without secrets, as no request has any
   */
  record Refusal(@Nullable Long id, long code, String text) implements DeribitMessage {}

  /**
   * A sign of life.
   *
   * @param asks whether it wants one back
   */
  record Heartbeat(boolean asks) implements DeribitMessage {}

  /** Something that is of no use here. */
  record Other() implements DeribitMessage {}

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it is none
   */
  static DeribitMessage read(byte[] buffer, int offset, int length) {
    JsonNode message = DeribitJson.read(buffer, offset, length);
    JsonNode params = message.path("params");
    return switch (String.valueOf(DeribitJson.text(message, "method"))) {
      case "subscription" ->
          new Push(
              DeribitJson.require(DeribitJson.text(params, "channel"), "channel"),
              params.path("data"));
      case "heartbeat" -> new Heartbeat("test_request".equals(DeribitJson.text(params, "type")));
      default -> answer(message);
    };
  }

  private static DeribitMessage answer(JsonNode message) {
    JsonNode id = message.path("id");
    Long number = id.isIntegralNumber() && id.canConvertToLong() ? id.longValue() : null;
    JsonNode error = message.path("error");
    if (error.isObject()) {
      return new Refusal(number, code(error), text(error));
    }
    JsonNode result = message.path("result");
    return number == null || result.isMissingNode() ? new Other() : new Result(number, result);
  }

  private static long code(JsonNode error) {
    JsonNode code = error.path("code");
    return code.isIntegralNumber() && code.canConvertToLong() ? code.longValue() : 0;
  }

  private static String text(JsonNode error) {
    String text = String.valueOf(DeribitJson.text(error, "message"));
    String reason = DeribitJson.text(error.path("data"), "reason");
    return reason == null ? text : "%s (%s)".formatted(text, reason);
  }
}
