package dev.tapeline.rest.history;

import dev.tapeline.core.Cache;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.store.history.History;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the history is answered from.
 *
 * @param history empty if this node has none
 * @param backfill fetches bars that are missing
 * @param cache has the bars that form
 */
public record HistoryParts(
    Supplier<Optional<History>> history,
    Instruments instruments,
    FrameFolding folding,
    Backfill backfill,
    Cache cache,
    HistoryAccess access,
    InstantSource clock) {}
