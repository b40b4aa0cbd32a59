package dev.tapeline.server.cli;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.TokenMaker;
import dev.tapeline.server.settings.part.AccessSettings;
import java.time.Duration;
import java.time.Instant;

/** The token in the address of the pages, on a server that asks for one. */
record PageToken(AccessSettings access, Instant now) {

  private static final Duration LIFE = Duration.ofHours(1);

  /**
   * The query of the address.
   *
   * @param telling whether a token may be shown; if not, the command that makes one is shown
   */
  String query(boolean telling) {
    if (!access.required()) {
      return "";
    }
    TokenMaker maker = access.maker();
    if (maker == null) {
      return "?token=TOKEN";
    }
    return telling ? token(maker) : "?token=$(./tapeline token USER)";
  }

  private String token(TokenMaker maker) {
    Identity anybody = new Identity(null, access.defaultRole(), now.plus(LIFE));
    return "?token=%s  (valid for an hour)".formatted(maker.make(anybody));
  }
}
