package dev.tapeline.simulate.deribit;

import dev.tapeline.simulate.net.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON-RPC answers with Deribit's additions. */
final class RpcAnswer {

  private RpcAnswer() {}

  /**
   * Writes an answer.
   *
   * @param micros when the request came
   */
  static ObjectNode of(DeribitMethods.Outcome outcome, @Nullable JsonNode id, long micros) {
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    if (id != null) {
      answer.set("id", id);
    }
    switch (outcome) {
      case DeribitMethods.Outcome.Result result -> answer.set("result", result.value());
      case DeribitMethods.Outcome.Failure failure -> {
        ObjectNode error =
            answer.putObject("error").put("code", failure.code()).put("message", failure.message());
        if (!failure.reason().isEmpty()) {
          error.putObject("data").put("reason", failure.reason());
        }
      }
    }
    return answer
        .put("usIn", micros)
        .put("usOut", micros + 50)
        .put("usDiff", 50)
        .put("testnet", false);
  }
}
