package dev.tapeline.hub.request;

import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Options;
import org.jspecify.annotations.Nullable;

/**
 * One channel or pattern that a client asks for.
 *
 * @param start where to begin; null to begin at the newest
 */
public record SubscriptionRequest(Selector selector, Options options, @Nullable Start start) {

  public SubscriptionRequest(Selector selector, Options options) {
    this(selector, options, null);
  }

  /** Where a subscription to a durable channel begins. */
  public sealed interface Start {

    /** After the position that the client holds. */
    record Recover(Position held) implements Start {}

    /**
     * At the first publication that was logged at an instant or later.
     *
     * @param millis epoch milliseconds UTC, of the log's clock
     * @param speed 1 for the pace at which it was logged, 0 for as fast as the client takes it
     */
    record Since(long millis, double speed) implements Start {}
  }
}
