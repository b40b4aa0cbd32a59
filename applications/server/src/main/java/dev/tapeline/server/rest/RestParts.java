package dev.tapeline.server.rest;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.admin.Administration;
import dev.tapeline.market.Instruments;
import dev.tapeline.server.config.Settings;
import dev.tapeline.server.nodes.NodeList;
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
    Settings settings,
    Bus bus,
    Cache cache,
    Instruments instruments,
    Readiness readiness,
    NodeList nodes,
    Supplier<Optional<Administration>> administration,
    Supplier<Optional<String>> feedProblem,
    PrometheusMeterRegistry meters,
    InstantSource clock) {}
