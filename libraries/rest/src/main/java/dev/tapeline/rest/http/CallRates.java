package dev.tapeline.rest.http;

import dev.tapeline.access.audit.RateLimiter;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Role;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The rate limits of callers: of each address, and of each user whose role has a rate. Used by all
 * request threads.
 */
public final class CallRates {

  private static final int MAX_CALLERS = 10_000;

  private final Callers callers;
  private final RateLimiter addresses;
  private final RateLimiter readers;
  private final RateLimiter users;
  private final int generalBurst;
  private final Counter limited;

  /**
   * @param messages gives the burst of roles that have a rate and no burst
   */
  public CallRates(
      Callers callers, RestLimits calls, RestConfig.Rate messages, MeterRegistry meters) {
    this.callers = callers;
    this.addresses =
        new RateLimiter(calls.ratePerSecond(), calls.rateBurst(), MAX_CALLERS, System::nanoTime);
    this.readers =
        new RateLimiter(calls.ratePerSecond(), calls.rateBurst(), MAX_CALLERS, System::nanoTime);
    this.users =
        new RateLimiter(messages.perSecond(), messages.burst(), MAX_CALLERS, System::nanoTime);
    this.generalBurst = messages.burst();
    this.limited =
        Counter.builder("tapeline.rest.limited")
            .description("Calls refused because of their rate")
            .register(meters);
    Gauge.builder("tapeline.rest.callers", addresses, RateLimiter::callers)
        .description("Addresses whose rate is tracked")
        .register(meters);
    Gauge.builder("tapeline.rest.callers.forgotten", addresses, RateLimiter::forgotten)
        .description("Addresses forgotten because there were too many")
        .register(meters);
  }

  /**
   * Counts a call of its address.
   *
   * @throws ProblemException with 429 if it has made too many
   */
  public void count(Context ctx) {
    check(ctx, addresses.secondsUntilAllowed(callers.networkOf(ctx)));
  }

  /**
   * Counts a request of an address for a page or for metrics, which have a limit of their own.
   *
   * @throws ProblemException with 429 if it has made too many
   */
  public void countReader(Context ctx) {
    check(ctx, readers.secondsUntilAllowed(callers.networkOf(ctx)));
  }

  /**
   * Counts a message of a user, or of an address for callers without a name, if its role has a rate
   * of messages.
   *
   * @throws ProblemException with 429 if it has sent too many
   */
  public void count(Context ctx, Identity caller, Role.Limits limits) {
    if (limits.rate().isPresent()) {
      int rate = limits.rate().getAsInt();
      String user = caller.subject();
      String sender = user == null ? callers.networkOf(ctx) : "user " + user;
      int burst = limits.burstAt(rate, generalBurst);
      check(ctx, users.secondsUntilAllowed(sender, rate, burst));
    }
  }

  private void check(Context ctx, int seconds) {
    if (seconds > 0) {
      limited.increment();
      ctx.header("Retry-After", Integer.toString(seconds));
      throw new ProblemException(429, "too many requests; try again in %d s".formatted(seconds));
    }
  }
}
