package dev.tapeline.protocols.spi;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Permissions;
import dev.tapeline.access.policy.Role;
import dev.tapeline.access.policy.Verb;
import dev.tapeline.access.token.Verdict;
import dev.tapeline.core.Channel;
import dev.tapeline.core.ChannelCheck;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Mode;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.hub.request.SubscriptionRequest;
import dev.tapeline.hub.topic.Hub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's identity and permissions, in any protocol. Owned by the client's lane. */
public final class Entitlement {

  /** The period over which the retries of clients are spread. */
  private static final long SPREAD_MILLIS = 4_000;

  private static final Pattern EVERYTHING = Pattern.parse("*");

  private final Session session;
  private final SharedServices services;
  private final Enforcer enforcer;
  private final Listener listener;
  private @Nullable Identity identity;
  private Permissions permissions = Permissions.nothing();
  private boolean unchecked;

  /**
   * @param services the services that all clients share
   */
  public Entitlement(
      Session session, SharedServices services, Enforcer enforcer, Listener listener) {
    this.session = session;
    this.services = services;
    this.enforcer = enforcer;
    this.listener = listener;
  }

  /**
   * The services that all clients share.
   *
   * @param limits the limits of roles that have none of their own
   * @param names tells which channels there can't be
   */
  public record SharedServices(
      ClientLimits limits,
      Authenticator authenticator,
      ClientPublisher publisher,
      ChannelCheck names) {}

  /** Whether a user may have one more connection. */
  public enum Claim {
    TAKEN,
    CROWDED
  }

  /** Applies one client's limits, and logs what it is refused. Called on the client's lane. */
  public interface Enforcer {

    /** The client was refused something. */
    void onRefused(String what);

    /** A request was rejected, and the client was not told why. */
    void onRejectedUntold(String what);

    /**
     * Takes one of the user's connections for the client. If none is left, the client's identity
     * does not change.
     */
    Claim claim(Identity newest);

    /** Sets the limits of the client's role. */
    void apply(Role.Limits limits);
  }

  /** Receives events of one client, on its lane. */
  public interface Listener {

    /** The client has shown a valid credential. */
    void onKnown();

    /** The client has made a request after its credential expired. */
    void onExpired();

    /** The user has reached its limit of connections, and the client was told so. */
    void onCrowded();
  }

  /** The identity of the client; empty before it has authenticated. */
  public Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  /** When the client's credential expires; empty if never, or if the client has shown none yet. */
  public Optional<Instant> end() {
    return identity().flatMap(services.authenticator()::endOf);
  }

  /** Whether the client's credential has expired. */
  public boolean hasExpired() {
    return end().filter(end -> !end.isAfter(Instant.now())).isPresent();
  }

  /** Sets the client's identity. Subscriptions that are no longer permitted end silently. */
  public void become(Identity newest) {
    identity = newest;
    permissions = services.authenticator().policy().of(newest);
    enforcer.apply(permissions.limits());
    listener.onKnown();
    session.restrict(channel -> permissions.may(Verb.SUBSCRIBE, channel));
  }

  /** Whether the client's credential could not be checked yet, through no fault of the client. */
  public boolean isUnchecked() {
    return unchecked;
  }

  /**
   * Checks a key or token that the client shows on its connection.
   *
   * @param answer gets the outcome, on the lane
   */
  public void authenticate(String credential, Consumer<Outcome> answer) {
    unchecked = true;
    var _ =
        services
            .authenticator()
            .authenticate(credential)
            .thenAccept(verdict -> session.lane().execute(() -> tell(outcome(verdict), answer)));
  }

  private void tell(Outcome outcome, Consumer<Outcome> answer) {
    answer.accept(outcome);
    if (outcome instanceof Outcome.Crowded) {
      listener.onCrowded();
    }
  }

  private Outcome outcome(Verdict verdict) {
    unchecked = verdict instanceof Verdict.Unavailable;
    return switch (verdict) {
      case Verdict.Known(Identity shown) -> outcome(shown);
      case Verdict.Refused(String reason) -> refused(reason);
      case Verdict.Unavailable(String reason, Duration retryAfter) ->
          new Outcome.Unavailable(reason, retryAfter);
    };
  }

  private Outcome outcome(Identity shown) {
    boolean another = identity != null && !Objects.equals(identity.subject(), shown.subject());
    if (another && session.subscriptions() > 0) {
      return refused("the token belongs to another user: open a new connection");
    }
    if (enforcer.claim(shown) == Claim.CROWDED) {
      tell("authentication: " + shown + " has reached its limit of connections");
      return new Outcome.Crowded("the user has reached its limit of connections");
    }
    become(shown);
    return new Outcome.Accepted(shown);
  }

  private Outcome refused(String reason) {
    tell("authentication: " + reason);
    return new Outcome.Refused(reason);
  }

  private void tell(String refusal) {
    enforcer.onRefused(
        "%s: %s".formatted(identity == null ? "unauthenticated" : identity, refusal));
  }

  /** The outcome of an authentication. */
  public sealed interface Outcome {

    /** The client has this identity now. */
    record Accepted(Identity identity) implements Outcome {}

    /** Nothing has changed. */
    record Refused(String reason) implements Outcome {}

    /** Nothing has changed; the same credential may be valid later. */
    record Unavailable(String reason, Duration retryAfter) implements Outcome {}

    /** The user has reached its limit of connections; this one is about to be closed. */
    record Crowded(String reason) implements Outcome {}
  }

  /**
   * Checks one of a client's requests.
   *
   * @param before the requests before it in the same message
   * @return the request
   * @throws RejectedException saying why it is rejected
   */
  public SubscriptionRequest admit(SubscriptionRequest request, List<SubscriptionRequest> before) {
    check(Verb.SUBSCRIBE, request.selector());
    if (request.start() != null) {
      check(Verb.HISTORY, request.selector());
    }
    checkName(request.selector());
    checkMode(request);
    checkDelta(request);
    checkCrowd(request);
    checkNumber(request.selector(), before);
    return request;
  }

  /** Checks a request for protocols that can't express a rejection; empty if it is rejected. */
  public Optional<SubscriptionRequest> admitUntold(SubscriptionRequest request) {
    try {
      return Optional.of(admit(request, List.of()));
    } catch (RejectedException e) {
      rejectUntold(request.selector().text(), e);
      return Optional.empty();
    }
  }

  /**
   * Checks that the client has a permission.
   *
   * @throws RejectedException if it has not
   */
  public void check(Verb verb, Selector selector) {
    if (identity == null) {
      throw new RejectedException(
          RequestError.UNAUTHORIZED, "authenticate first, with a token or a key");
    }
    checkTerm();
    permissions
        .refusal(verb, selector)
        .ifPresent(reason -> {
          tell(reason);
          throw new RejectedException(RequestError.FORBIDDEN, reason);
        });
  }

  /** Whether the client may publish on some channel. */
  public boolean mayPublish() {
    return permissions.refusal(Verb.PUBLISH, EVERYTHING).isEmpty();
  }

  /** Counts a rejected subscription. */
  public void countRejected() {
    session.lane().hub().counters().rejected.increment();
  }

  /**
   * Counts a rejected subscription and logs why, because the protocol can't tell the client.
   * Refusals for lack of permission are logged already.
   */
  public void rejectUntold(String what, RejectedException why) {
    countRejected();
    if (why.error() != RequestError.FORBIDDEN) {
      enforcer.onRejectedUntold(
          "%s: rejected %s: %s"
              .formatted(identity == null ? "unauthenticated" : identity, what, why.getMessage()));
    }
  }

  /**
   * Checks that the client's credential has not expired.
   *
   * @throws RejectedException if it has
   */
  public void checkTerm() {
    if (hasExpired()) {
      listener.onExpired();
      throw new RejectedException(
          RequestError.EXPIRED, "the token has expired: authenticate with a new one");
    }
  }

  /**
   * Publishes, if the client may.
   *
   * @param answer gets the outcome, on the lane, unless the client has gone
   * @throws RejectedException if the client may not publish, or not now
   */
  public void publish(Posting posting, Consumer<ClientPublisher.Result> answer) {
    check(Verb.PUBLISH, posting.channel());
    var _ =
        services
            .publisher()
            .publish(posting)
            .thenAccept(result ->
                session
                    .lane()
                    .execute(() -> {
                      if (!session.isClosed()) {
                        answer.accept(result);
                      }
                    }));
  }

  private void checkName(Selector selector) {
    if (selector instanceof Channel(String name)) {
      services
          .names()
          .problem(name)
          .ifPresent(problem -> {
            throw new RejectedException(RequestError.BAD_CHANNEL, problem);
          });
    }
  }

  private void checkMode(SubscriptionRequest request) {
    if (request.options().mode() == Mode.LATEST
        && request.selector() instanceof Channel channel
        && !session.mayBeLatest(channel.name())) {
      throw new RejectedException(
          RequestError.MODE,
          "%s has no mode \"latest\": its publications are never merged".formatted(channel.name()));
    }
  }

  private void checkDelta(SubscriptionRequest request) {
    if (request.options().envelope().isDelta()
        && request.selector() instanceof Channel channel
        && !session.kindOf(channel.name()).allowsDeltas()) {
      throw new RejectedException(
          RequestError.DELTA,
          "%s has no deltas: its publications are not versions of one value"
              .formatted(channel.name()));
    }
  }

  private void checkCrowd(SubscriptionRequest request) {
    Hub hub = session.lane().hub();
    if (request.start() != null && hub.isCrowded()) {
      hub.counters().recoveryPostponed.increment();
      long delay = ThreadLocalRandom.current().nextLong(SPREAD_MILLIS / 4, SPREAD_MILLIS);
      throw RejectedException.busy(
          "too many clients recover at once: ask again after retryAfterMs", delay);
    }
  }

  /** Checks the number of subscriptions. The earlier requests matter only near the limit. */
  private void checkNumber(Selector selector, List<SubscriptionRequest> before) {
    int channels = permissions.limits().channels().orElse(services.limits().maxChannels());
    boolean few = session.subscriptions() + before.size() < channels;
    if (session.holds(selector) || (few && selector instanceof Channel)) {
      return;
    }
    List<Selector> earlier = before.stream().map(SubscriptionRequest::selector).distinct().toList();
    if (!earlier.contains(selector)) {
      checkNumber(selector, channels, earlier.stream().filter(o -> !session.holds(o)).toList());
    }
  }

  private void checkNumber(Selector selector, int channels, List<Selector> fresh) {
    if (session.subscriptions() + fresh.size() >= channels) {
      throw new RejectedException(
          RequestError.LIMIT, "at most %d channels a client".formatted(channels));
    }
    int wildcards = permissions.limits().wildcards().orElse(services.limits().maxWildcards());
    long patterns = fresh.stream().filter(Pattern.class::isInstance).count();
    if (selector instanceof Pattern && session.patternSubscriptions() + patterns >= wildcards) {
      throw new RejectedException(
          RequestError.LIMIT, "at most %d patterns a client".formatted(wildcards));
    }
    if (selector instanceof Pattern pattern) {
      checkPatterns(pattern, fresh);
    }
  }

  private void checkPatterns(Pattern pattern, List<Selector> fresh) {
    Hub hub = session.lane().hub();
    if (!hub.mayAsk(pattern, fresh)) {
      hub.counters().patternsRefused.increment();
      throw new RejectedException(
          RequestError.LIMIT,
          "this node reached its limit of %d different patterns: subscribe to channels by name"
              .formatted(hub.maxPatterns()));
    }
  }
}
