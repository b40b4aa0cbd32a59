package dev.tapeline.server.rest;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.market.Instruments;
import dev.tapeline.server.config.Settings;
import dev.tapeline.server.nodes.NodeList;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;

/** What the REST server answers from. */
public record RestParts(
    Settings settings,
    Bus bus,
    Cache cache,
    Instruments instruments,
    Readiness readiness,
    NodeList nodes,
    PrometheusMeterRegistry meters,
    InstantSource clock) {}
