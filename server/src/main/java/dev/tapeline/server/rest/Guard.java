package dev.tapeline.server.rest;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.BearerToken;
import dev.tapeline.access.RefusedException;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Lets in who shows a token or a key that counts, and who shows nothing if nothing is required.
 * Used by all request threads, which may wait for keys to be fetched.
 */
final class Guard {

  private final Authenticator authenticator;

  Guard(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Passes if the caller may come in.
   *
   * @throws ProblemException with 401 if not
   */
  void admit(Context ctx) {
    Optional<String> credential = credential(ctx);
    if (credential.isPresent()) {
      check(ctx, credential.get());
    } else if (authenticator.anonymous().isEmpty()) {
      throw refused(ctx, "a token or a key is needed: Authorization: Bearer ...");
    }
  }

  private void check(Context ctx, String credential) {
    try {
      authenticator.authenticate(credential).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw refused(ctx, RefusedException.reasonOf(e));
    }
  }

  /** The token or key that a call shows. */
  static Optional<String> credential(Context ctx) {
    return Stream.of(
            BearerToken.in(ctx.header("Authorization")),
            Optional.ofNullable(ctx.header("X-API-Key")),
            Optional.ofNullable(ctx.queryParam("token")))
        .flatMap(Optional::stream)
        .findFirst();
  }

  static ProblemException refused(Context ctx, String why) {
    ctx.header("WWW-Authenticate", "Bearer");
    return new ProblemException(401, why);
  }
}
