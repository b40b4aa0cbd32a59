package dev.tapeline.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Tells who a client is by what it shows. Safe for all threads. */
public final class Authenticator {

  private final Policy policy;
  private final Optional<TokenVerifier> tokens;
  private final Optional<Identity> anonymous;
  private final Executor fetching;

  /**
   * @param tokens empty if there are no tokens here
   * @param anonymous who a client is that shows nothing; empty if each must show something
   * @param fetching where keys may be fetched
   */
  public Authenticator(
      Policy policy,
      Optional<TokenVerifier> tokens,
      Optional<Identity> anonymous,
      Executor fetching) {
    this.policy = policy;
    this.tokens = tokens;
    this.anonymous = anonymous;
    this.fetching = fetching;
  }

  /** Everybody is a user, and may read everything. */
  public static Authenticator open() {
    return new Authenticator(
        Policy.builtIn(),
        Optional.empty(),
        Optional.of(Identity.anybody(Policy.USER)),
        Runnable::run);
  }

  public Policy policy() {
    return policy;
  }

  /** Who a client is that shows nothing; empty if each must show something. */
  public Optional<Identity> anonymous() {
    return anonymous;
  }

  /**
   * From when on somebody is nobody any more, at REST and at the gateway alike: the end of the
   * token, and as much later as clocks may differ; empty for never.
   */
  public Optional<Instant> endOf(Identity identity) {
    Duration skew = tokens.map(TokenVerifier::skew).orElse(Duration.ZERO);
    return identity.expires().map(end -> end.plus(skew));
  }

  /**
   * Who shows this key or token.
   *
   * @return fails with {@link RefusedException} if it does not count
   */
  public CompletionStage<Identity> authenticate(String credential) {
    return tokens.isPresent() && tokens.get().isRemote()
        ? CompletableFuture.supplyAsync(() -> identify(credential), fetching)
        : now(credential);
  }

  private CompletionStage<Identity> now(String credential) {
    try {
      return CompletableFuture.completedFuture(identify(credential));
    } catch (RefusedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Identity identify(String credential) {
    return policy.ownerOf(credential).orElseGet(() -> byToken(credential));
  }

  private Identity byToken(String credential) {
    if (tokens.isEmpty()) {
      throw new RefusedException("this is no key of this server, and it takes no tokens");
    }
    Identity identity = tokens.get().verify(credential);
    if (!policy.has(identity.role())) {
      throw new RefusedException("the token's role is none of this server's");
    }
    return identity;
  }
}
