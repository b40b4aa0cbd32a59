package dev.tapeline.server.vendor;

import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.plant.watch.PolledChain;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A vendor as a source.
 *
 * @param range what it can price beyond the instruments that are known
 * @param polled the option chains that it polls
 * @param begin starts what runs beside it, such as the loading of its instruments; called once
 * @param end ends what was started
 * @param past what the vendor has of the past; null if it can't be asked for that
 */
public record VendorSource(
    SourceSpec spec,
    SymbolRange range,
    Supplier<List<PolledChain>> polled,
    Runnable begin,
    Runnable end,
    @Nullable VendorPast past) {

  /** A source with nothing beside it. */
  static VendorSource of(SourceSpec spec, SymbolRange range, @Nullable VendorPast past) {
    return new VendorSource(spec, range, List::of, () -> {}, () -> {}, past);
  }
}
