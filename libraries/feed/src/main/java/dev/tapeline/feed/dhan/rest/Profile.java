package dev.tapeline.feed.dhan.rest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the account may do.
 *
 * @param tokenEnds when the token ends, epoch ms; 0 if it is not said
 * @param dataPlan {@code Active} if market data is paid for
 * @param dataEnds when the plan ends, epoch ms; 0 if it is not said
 */
public record Profile(long tokenEnds, String dataPlan, long dataEnds) {

  public static Profile read(JsonNode data) {
    return new Profile(
        VendorTimes.dayFirst(data.path("tokenValidity").asString("")),
        data.path("dataPlan").asString(""),
        VendorTimes.yearFirst(data.path("dataValidity").asString("")));
  }

  /** Why there can be no market data, with what to do; null if there can be. */
  public @Nullable String problem(long now) {
    if (tokenEnds > 0 && tokenEnds <= now) {
      return "the access token has expired: make a new one";
    } else if (!dataPlan.isEmpty() && !dataPlan.toLowerCase(Locale.ROOT).equals("active")) {
      return "the account's plan for market data is '%s': subscribe to Dhan's Data APIs"
          .formatted(AnswerParser.clean(dataPlan));
    } else if (dataEnds > 0 && dataEnds <= now) {
      return "the account's plan for market data has ended: renew it at Dhan";
    }
    return null;
  }
}
