package dev.tapeline.server.rest;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.Identity;
import dev.tapeline.access.Policy;
import dev.tapeline.access.RefusedException;
import io.javalin.http.Context;
import java.util.concurrent.CompletionException;

/**
 * Lets in administrators only: who shows the {@code GATEWAY_API_KEY}, or a key or token of the role
 * {@code admin}. Who shows nothing is none, whatever the default role.
 */
final class Administrators {

  private final Authenticator authenticator;

  Administrators(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Who the administrator is, in words for the log.
   *
   * @throws ProblemException with 401 or 403 if it is none
   */
  String require(Context ctx, String address) {
    Identity identity =
        Guard.credential(ctx)
            .map(credential -> authenticate(ctx, credential))
            .orElseThrow(() ->
                Guard.refused(
                    ctx, "an administrator's key or token is needed: Authorization: Bearer ..."));
    if (!identity.role().equals(Policy.ADMIN)) {
      throw new ProblemException(403, "this is for the role admin, not for " + identity);
    }
    return identity + " from " + address;
  }

  private Identity authenticate(Context ctx, String credential) {
    try {
      return authenticator.authenticate(credential).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw Guard.refused(ctx, RefusedException.reasonOf(e));
    }
  }
}
