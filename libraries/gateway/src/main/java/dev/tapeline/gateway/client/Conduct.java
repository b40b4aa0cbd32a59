package dev.tapeline.gateway.client;

import dev.tapeline.gateway.client.AbuseLimit.Offence;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.protocols.spi.CloseReason;
import java.util.Optional;

/**
 * Counts one client's messages against its rate, and tells when the client sends far too many of
 * them, or too many invalid ones. Owned by the client's lane.
 */
final class Conduct {

  /** The rate at which a client may send invalid messages for as long as it likes. */
  private static final int INVALID_PER_SECOND = 5;

  private final MessageRateLimit rateLimit;
  private final GatewayCounters counters;
  private final AbuseLimit excess = new AbuseLimit();
  private final AbuseLimit invalid = new AbuseLimit();
  private boolean commandRefused;

  Conduct(MessageRateLimit rateLimit, GatewayCounters counters) {
    this.rateLimit = rateLimit;
    this.counters = counters;
  }

  int ratePerSecond() {
    return rateLimit.ratePerSecond();
  }

  /** Counts one more message; false if the client may not send it now. */
  boolean take(long now) {
    return rateLimit.take(now);
  }

  /** Counts a message that the client may not send now; returns why the client is closed, if so. */
  Optional<CloseReason> countExcess(long now) {
    counters.rateLimited.increment();
    return addExcess(now);
  }

  /** Counts a message beyond the rate; in the long run there may be as many as within it. */
  private Optional<CloseReason> addExcess(long now) {
    return excess.count(rateLimit.ratePerSecond(), now) == Offence.TOO_MANY
        ? Optional.of(CloseReason.RATE_ABUSE)
        : Optional.empty();
  }

  /** A message is about to be handled. */
  void beginMessage() {
    commandRefused = false;
  }

  /** Counts a further command of the same message; returns whether it may be executed. */
  boolean takeCommand(long now) {
    counters.messagesIn.increment();
    boolean may = rateLimit.take(now);
    if (!may) {
      counters.rateLimited.increment();
      commandRefused = true;
    }
    return may;
  }

  /**
   * The message has been handled; returns why the client is closed, if so.
   *
   * @param valid whether the message was valid
   */
  Optional<CloseReason> endMessage(boolean valid, long now) {
    Optional<CloseReason> abuse = commandRefused ? addExcess(now) : Optional.empty();
    return valid || abuse.isPresent() ? abuse : countInvalid(now);
  }

  private Optional<CloseReason> countInvalid(long now) {
    counters.badMessages.increment();
    return invalid.count(INVALID_PER_SECOND, now) == Offence.TOO_MANY
        ? Optional.of(CloseReason.BAD_MESSAGES)
        : Optional.empty();
  }
}
