package dev.tapeline.simulate.control;

import dev.tapeline.simulate.market.QuoteBoard;
import dev.tapeline.simulate.net.SimulatorServer;
import java.time.InstantSource;

/** What a vendor's site is built on. */
public record Floor(SimulatorServer server, QuoteBoard board, InstantSource clock) {}
