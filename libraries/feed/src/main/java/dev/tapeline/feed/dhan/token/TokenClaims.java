package dev.tapeline.feed.dhan.token;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an access token says of itself; its signature is not checked here, as the vendor does that.
 *
 * @param ends when it ends, epoch ms; 0 if it does not say
 * @param selfMade whether a person has made it on the vendor's page, as a renewal and the books of
 *     200 levels need
 * @param clientId of the account that it is for; null if it does not say
 */
public record TokenClaims(long ends, boolean selfMade, @Nullable String clientId) {

  private static final TokenClaims NONE = new TokenClaims(0, false, null);
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
          claims.path("tokenConsumerType").asString("").equals("SELF"),
          clientId(claims.path("dhanClientId")));
    } catch (IllegalArgumentException | JacksonException _) {
      return NONE;
    }
  }

  private static @Nullable String clientId(JsonNode claim) {
    String id = claim.asString("").strip();
    return id.isEmpty() ? null : id;
  }

  /** Says nothing of the account. */
  @Override
  public String toString() {
    return "TokenClaims[ends=%d, selfMade=%s]".formatted(ends, selfMade);
  }
}
