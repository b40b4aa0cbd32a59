package dev.tapeline.feed.dhan.token;

import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an access token says of itself; its signature is not checked here, as the vendor does that.
 *
 * @param ends when it ends, epoch ms; 0 if it does not say
 * @param selfMade whether a person has made it on the vendor's page, as a renewal and the books of
 *     200 levels need
 */
public record TokenClaims(long ends, boolean selfMade) {

  private static final TokenClaims NONE = new TokenClaims(0, false);
  private static final JsonMapper JSON = new JsonMapper();
  private static final long LATEST = 99_999_999_999L;

  /** The claims of a token; without any if it is no JWT. */
  public static TokenClaims of(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return NONE;
    }
    try {
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      long seconds = claims.path("exp").asLong(0);
      return new TokenClaims(
          seconds > 0 && seconds < LATEST ? seconds * 1000 : 0,
          claims.path("tokenConsumerType").asString("").equals("SELF"));
    } catch (IllegalArgumentException | JacksonException _) {
      return NONE;
    }
  }
}
