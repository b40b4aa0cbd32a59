package dev.tapeline.hub.request;

import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Options;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one {@link SubscriptionRequest}.
 *
 * @param epoch the epoch of a single channel; null for a pattern, and while pending
 * @param seq the last number that the client holds, with the snapshot if there is one
 * @param pending whether the bus is away, so that an epoch follows
 * @param recoverable whether the channel can be recovered later; false for a pattern
 * @param recovered whether all missed publications follow; null if no recovery was asked for
 * @param snapshot the frame of the newest message; null if the client gets none
 */
public record SubscriptionGrant(
    Selector selector,
    Options options,
    @Nullable String epoch,
    long seq,
    boolean pending,
    boolean recoverable,
    @Nullable Boolean recovered,
    @Nullable Frame snapshot) {

  /** The snapshot, if the client gets one: it is sent right after the answer. */
  public Optional<Frame> newest() {
    return Optional.ofNullable(snapshot);
  }
}
