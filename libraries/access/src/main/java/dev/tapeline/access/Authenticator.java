package dev.tapeline.access;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.PersonalChannels;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.token.RefusedException;
import dev.tapeline.access.token.TokenVerifier;
import dev.tapeline.access.token.UnavailableException;
import dev.tapeline.access.token.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Determines the identity of a client by its credential. Safe for all threads. */
public final class Authenticator {

  private static final Logger log = LoggerFactory.getLogger(Authenticator.class);
  private static final Duration FAULT_PAUSE = Duration.ofSeconds(5);

  private final Policy policy;
  private final @Nullable TokenVerifier tokens;
  private final @Nullable Identity anonymous;
  private final Executor fetching;

  /**
   * @param tokens null if there are no tokens here
   * @param anonymous the identity of a client without a credential; null if one is required
   * @param fetching the executor for checks that may have to fetch keys
   */
  public Authenticator(
      Policy policy,
      @Nullable TokenVerifier tokens,
      @Nullable Identity anonymous,
      Executor fetching) {
    this.policy = policy;
    this.tokens = tokens;
    this.anonymous = anonymous;
    this.fetching = fetching;
  }

  /** Everybody is a user without a name, and may read all channels that are not personal. */
  public static Authenticator open(PersonalChannels personal) {
    return new Authenticator(
        Policy.builtIn(personal), null, Identity.anybody(Policy.USER), Runnable::run);
  }

  public Policy policy() {
    return policy;
  }

  /** The identity of a client without a credential; empty if one is required. */
  public Optional<Identity> anonymous() {
    return Optional.ofNullable(anonymous);
  }

  /**
   * When an identity ends, at REST and at the gateway alike: when its token expires, plus the
   * allowed difference between clocks; empty for never.
   */
  public Optional<Instant> endOf(Identity identity) {
    Duration skew = tokens == null ? Duration.ZERO : tokens.skew();
    return Optional.ofNullable(identity.expires()).map(end -> end.plus(skew));
  }

  /** Checks the key or token of a client. The stage never fails. */
  public CompletionStage<Verdict> authenticate(String credential) {
    Optional<Identity> owner = policy.ownerOf(credential);
    if (owner.isPresent()) {
      return CompletableFuture.completedFuture(new Verdict.Known(owner.get()));
    }
    if (tokens == null || !tokens.isRemote()) {
      return CompletableFuture.completedFuture(judge(credential));
    }
    return CompletableFuture.supplyAsync(() -> judge(credential), fetching)
        .exceptionally(Authenticator::fault);
  }

  private Verdict judge(String credential) {
    try {
      return new Verdict.Known(byToken(credential));
    } catch (RefusedException e) {
      return e.verdict();
    } catch (UnavailableException e) {
      return e.verdict();
    }
  }

  /** The verdict after a fault of this program: the client can only try again. */
  private static Verdict fault(Throwable error) {
    log.error("A token could not be checked", error);
    return new Verdict.Unavailable("it can't be checked now: try again", FAULT_PAUSE);
  }

  private Identity byToken(String credential) {
    if (tokens == null) {
      throw new RefusedException("this is not a key of this server, and it accepts no tokens");
    }
    Identity identity = tokens.verify(credential);
    if (!policy.has(identity.role())) {
      throw new RefusedException("the token's role is not known to this server");
    }
    return identity;
  }
}
