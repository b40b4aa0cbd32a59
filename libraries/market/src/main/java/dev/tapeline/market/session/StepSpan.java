package dev.tapeline.market.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of an auction with its limits.
 *
 * @param until the latest end of the step
 * @param mayEndFrom the earliest end, where the exchange ends the step at random
 */
public record StepSpan(
    PhaseStep step, Instant since, Instant until, @Nullable Instant mayEndFrom) {}
