package dev.tapeline.feed.dhan.rest;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A new access token.
 *
 * @param ends when it ends, epoch ms; 0 if it is not said
 */
public record TokenAnswer(String token, long ends) {

  /** The token of an answer; null if there is none in it. */
  public static @Nullable TokenAnswer read(JsonNode data) {
    String token = data.path("accessToken").asString(data.path("token").asString(""));
    long ends = VendorTimes.yearFirst(data.path("expiryTime").asString(""));
    return token.isBlank() ? null : new TokenAnswer(token.strip(), ends);
  }

  /** Says nothing of the token. */
  @Override
  public String toString() {
    return "TokenAnswer[ends=%d]".formatted(ends);
  }
}
