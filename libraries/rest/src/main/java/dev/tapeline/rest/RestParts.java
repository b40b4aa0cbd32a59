package dev.tapeline.rest;

import dev.tapeline.core.Bus;
import dev.tapeline.core.Cache;
import dev.tapeline.core.admin.Administration;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.session.TradingCalendar;
import dev.tapeline.plant.watch.PolledChain;
import dev.tapeline.plant.watch.WishStore;
import dev.tapeline.rest.history.HistoryParts;
import dev.tapeline.rest.http.RestConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of the system that the REST server answers from.
 *
 * @param prices from vendors, for what the cache does not have
 * @param chains has option chains computed that callers ask for
 * @param wishes what users have asked the sources to watch
 * @param polled the option chains that are polled, by any node
 * @param administration of this node's gateway, if it has one
 * @param problems the reasons why no node runs a source
 * @param history what candles and ticks are read from
 */
public record RestParts(
    RestConfig config,
    Bus bus,
    Cache cache,
    PriceFetch prices,
    ChainFetch chains,
    Instruments instruments,
    WishStore wishes,
    Supplier<List<PolledChain>> polled,
    TradingCalendar calendar,
    Readiness readiness,
    NodeDirectory nodes,
    Supplier<Optional<Administration>> administration,
    SourceProblems problems,
    HistoryParts history,
    PrometheusMeterRegistry meters,
    InstantSource clock) {}
