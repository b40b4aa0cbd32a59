package dev.tapeline.hub.request;

import dev.tapeline.core.Selector;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Options;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client was given of one {@link SubscriptionRequest}.
 *
 * @param epoch of a single channel; null for a pattern, and while pending
 * @param seq the last number that the client holds, with the snapshot if there is one
 * @param pending whether the bus is away, so that an epoch follows
 * @param recoverable whether it can be recovered later; never so for a pattern
 * @param recovered whether all that was missed follows; empty if that was not asked for
 */
public record SubscriptionGrant(
    Selector selector,
    Options options,
    @Nullable String epoch,
    long seq,
    boolean pending,
    boolean recoverable,
    Optional<Boolean> recovered,
    Optional<Frame> snapshot) {}
