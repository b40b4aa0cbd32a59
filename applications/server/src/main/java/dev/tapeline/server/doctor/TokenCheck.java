package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.dhan.token.TokenClaims;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The check of what an access token of Dhan says of itself, without asking Dhan. */
final class TokenCheck {

  /** What makes a token that works. */
  static final String NEW_TOKEN =
      "make a new token on web.dhan.co, and put it where the settings say; or let the source make"
          + " tokens, by dhanhq-pin or dhanhq-token-renewal";

  private static final String SUBJECT = "token";
  private static final Duration SOON = Duration.ofHours(2);

  private TokenCheck() {}

  /**
   * Checks it.
   *
   * @param clientId the one of the settings; null if there is none
   */
  static List<Finding> check(String token, @Nullable String clientId, Instant now) {
    TokenClaims claims = TokenClaims.of(token);
    return List.of(end(claims, now), account(claims.clientId(), clientId));
  }

  private static Finding end(TokenClaims claims, Instant now) {
    if (claims.ends() == 0) {
      return Finding.warn(
          SUBJECT,
          "the access token does not say when it ends: it is no complete JWT",
          "copy all of it, three parts with dots in between");
    }
    Instant end = Instant.ofEpochMilli(claims.ends()).truncatedTo(ChronoUnit.SECONDS);
    if (!end.isAfter(now)) {
      return Finding.fail(SUBJECT, "the access token has expired at " + end, NEW_TOKEN);
    }
    String text = "the access token ends at " + end;
    return end.isBefore(now.plus(SOON))
        ? Finding.warn(SUBJECT, text + ", within two hours", NEW_TOKEN)
        : Finding.ok(SUBJECT, text);
  }

  private static Finding account(@Nullable String told, @Nullable String set) {
    String subject = "client id";
    if (set == null) {
      return Finding.fail(subject, "there is none", "set dhanhq-client-id");
    } else if (told == null) {
      return Finding.ok(subject, "set; the token does not say whose it is");
    }
    return told.equals(set)
        ? Finding.ok(subject, "the one of the token")
        : Finding.fail(
            subject,
            "the token is of another account than dhanhq-client-id",
            "set both from the same account");
  }
}
