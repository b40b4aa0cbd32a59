package dev.tapeline.rest;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.admin.Administration;
import dev.tapeline.market.instrument.Instruments;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the REST server answers from.
 *
 * @param administration of this node's gateway, if it has one
 * @param feedProblem why nobody runs a feed, as far as this node knows
 */
public record RestParts(
    RestConfig config,
    Bus bus,
    Cache cache,
    Instruments instruments,
    Readiness readiness,
    NodeDirectory nodes,
    Supplier<Optional<Administration>> administration,
    Supplier<Optional<String>> feedProblem,
    PrometheusMeterRegistry meters,
    InstantSource clock) {}
