package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.market.SimulatedQuotes;
import java.time.InstantSource;

/** What all parts of the simulator of Dhan share. */
record DhanFloor(
    DhanOptions options,
    SimulatedQuotes quotes,
    InstantSource clock,
    DhanTokens tokens,
    DhanConnections connections,
    DhanCounters counters) {}
