package dev.tapeline.gateway.protocol;

import dev.tapeline.core.Channel;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Selector;
import dev.tapeline.gateway.hub.Hub;
import dev.tapeline.gateway.hub.Mode;
import dev.tapeline.gateway.hub.Session;
import dev.tapeline.gateway.hub.SubscribeCall.Wish;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What one client may have of the hub, whatever its protocol. Owned by its lane. */
public final class Entitlement {

  /** Over how long clients spread that are told to ask again. */
  private static final long SPREAD_MILLIS = 4_000;

  private final Session session;
  private final ClientLimits limits;
  private final Access access;

  public Entitlement(Session session, ClientLimits limits, Access access) {
    this.session = session;
    this.limits = limits;
    this.access = access;
  }

  /**
   * The wish, if the client may have it with those before it in the same request.
   *
   * @throws RejectedException saying why it may not
   */
  public Wish admit(Wish wish, List<Wish> before) {
    checkReading(wish.selector());
    checkMode(wish);
    checkCrowd(wish);
    checkNumber(wish.selector(), before.stream().map(Wish::selector).toList());
    return wish;
  }

  /**
   * Passes if the client may read the channels.
   *
   * @throws RejectedException if not
   */
  public void checkReading(Selector selector) {
    access
        .refuseSubscribe(selector)
        .ifPresent(reason -> {
          throw new RejectedException("forbidden", reason);
        });
  }

  private void checkMode(Wish wish) {
    if (wish.options().mode() == Mode.LATEST
        && wish.selector() instanceof Channel channel
        && !session.kindOf(channel.name()).allowsLatest()) {
      throw new RejectedException(
          "mode",
          "each publication of %s counts: it has no mode \"latest\"".formatted(channel.name()));
    }
  }

  private void checkCrowd(Wish wish) {
    Hub hub = session.lane().hub();
    if (wish.start() != null && hub.isCrowded()) {
      hub.counters().recoveryPostponed.increment();
      long delay = ThreadLocalRandom.current().nextLong(SPREAD_MILLIS / 4, SPREAD_MILLIS);
      throw RejectedException.busy(
          "too many clients recover at once: ask again after retryAfterMs", delay);
    }
  }

  private void checkNumber(Selector selector, List<Selector> before) {
    if (session.holds(selector) || before.contains(selector)) {
      return;
    }
    List<Selector> fresh = before.stream().filter(one -> !session.holds(one)).toList();
    if (session.subscriptions() + fresh.size() >= limits.maxChannels()) {
      throw new RejectedException(
          "limit", "at most %d channels a client".formatted(limits.maxChannels()));
    }
    long patterns = fresh.stream().filter(Pattern.class::isInstance).count();
    if (selector instanceof Pattern
        && session.patternSubscriptions() + patterns >= limits.maxWildcards()) {
      throw new RejectedException(
          "limit", "at most %d patterns a client".formatted(limits.maxWildcards()));
    }
  }
}
