package dev.tapeline.rest.http;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.audit.Audit;
import dev.tapeline.access.policy.AdminAct;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Permissions;
import dev.tapeline.access.policy.Role;
import dev.tapeline.access.policy.Verb;
import dev.tapeline.access.token.BearerToken;
import dev.tapeline.access.token.Verdict;
import dev.tapeline.core.Channel;
import dev.tapeline.core.Selector;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Identifies a caller by its token or key, and checks what it may do. Refusals go to the audit log.
 * Used by all request threads, which may wait for keys to be fetched.
 */
public final class Guard {

  private static final String NEEDED = "is needed: Authorization: Bearer ...";
  private static final Selector ANY = Selector.parse("*");

  private final Authenticator authenticator;
  private final Callers callers;
  private final Audit audit;

  public Guard(Authenticator authenticator, Callers callers, Audit audit) {
    this.authenticator = authenticator;
    this.callers = callers;
    this.audit = audit;
  }

  /**
   * The identity of the caller: anonymous, if it shows nothing and need not.
   *
   * @throws ProblemException with 401 if its token or key is not valid, or 503 if it can't be
   *     checked now
   */
  public Identity identify(Context ctx) {
    return shown(ctx)
        .or(authenticator::anonymous)
        .orElseThrow(() -> unauthorized(ctx, "a token or a key " + NEEDED));
  }

  private Optional<Identity> shown(Context ctx) {
    return credential(ctx).map(credential -> authenticate(ctx, credential));
  }

  private Identity authenticate(Context ctx, String credential) {
    return switch (authenticator.authenticate(credential).toCompletableFuture().join()) {
      case Verdict.Known(Identity identity) -> identity;
      case Verdict.Refused(String reason) -> throw unauthorized(ctx, reason);
      case Verdict.Unavailable(String reason, Duration retryAfter) -> {
        ctx.header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        throw new ProblemException(503, reason);
      }
    };
  }

  /** The token or key that a call shows. */
  private static Optional<String> credential(Context ctx) {
    return Stream.of(
            BearerToken.in(ctx.header("Authorization")),
            Optional.ofNullable(ctx.header("X-API-Key")),
            Optional.ofNullable(ctx.queryParam("token")))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Passes if there are channels that the caller may publish on, which is known before the body is
   * read.
   *
   * @throws ProblemException with 401 if it shows nothing, or 403
   */
  public void mayPublishSomewhere(Context ctx, Identity caller) {
    if (permissions(caller).refusal(Verb.PUBLISH, ANY).isEmpty()) {
      return;
    }
    if (credential(ctx).isEmpty()) {
      throw unauthorized(ctx, "a key or a token of a role that may publish " + NEEDED);
    }
    throw forbidden(
        ctx, caller, "the role %s has no rule 'publish' for any channel".formatted(caller.role()));
  }

  /**
   * Passes if the caller may publish on the channel.
   *
   * @throws ProblemException with 401 if it shows nothing, or 403
   */
  public void mayPublish(Context ctx, Identity caller, Channel channel) {
    Optional<String> refusal = permissions(caller).refusal(Verb.PUBLISH, channel);
    if (refusal.isPresent() && credential(ctx).isEmpty()) {
      throw unauthorized(
          ctx, "a key or a token of a role that may publish '%s' %s".formatted(channel, NEEDED));
    }
    refusal.ifPresent(why -> {
      throw forbidden(ctx, caller, why);
    });
  }

  /**
   * Passes if the caller may subscribe to the channel.
   *
   * @throws ProblemException with 401 if it shows nothing, or 403
   */
  public void maySubscribe(Context ctx, Identity caller, Channel channel) {
    Optional<String> refusal = permissions(caller).refusal(Verb.SUBSCRIBE, channel);
    if (refusal.isPresent() && credential(ctx).isEmpty()) {
      throw unauthorized(
          ctx, "a token of a role that may subscribe to '%s' %s".formatted(channel, NEEDED));
    }
    refusal.ifPresent(why -> {
      throw forbidden(ctx, caller, why);
    });
  }

  /**
   * Passes if the caller may do this as an administrator. A caller that shows nothing never may,
   * whatever the default role.
   *
   * @return the caller in words for the log
   * @throws ProblemException with 401 or 403 if it may not
   */
  public String mayAdmin(Context ctx, AdminAct act) {
    Identity caller =
        shown(ctx)
            .orElseThrow(() -> unauthorized(ctx, "an administrator's key or token " + NEEDED));
    if (!permissions(caller).may(act)) {
      throw forbidden(
          ctx,
          caller,
          "this is for administrators: the role %s has no rule 'admin' that allows '%s'"
              .formatted(caller.role(), act.text()));
    }
    return caller + " from " + callers.addressOf(ctx);
  }

  /** The limits of the caller's role. */
  public Role.Limits limits(Identity caller) {
    return permissions(caller).limits();
  }

  private Permissions permissions(Identity caller) {
    return authenticator.policy().of(caller);
  }

  private ProblemException unauthorized(Context ctx, String why) {
    ctx.header("WWW-Authenticate", "Bearer");
    audit.refused(callers.addressOf(ctx), ctx.path() + ": " + why);
    return new ProblemException(401, why);
  }

  private ProblemException forbidden(Context ctx, Identity caller, String why) {
    audit.refused(callers.addressOf(ctx), "%s: %s: %s".formatted(caller, ctx.path(), why));
    return new ProblemException(403, why);
  }
}
