package dev.tapeline.server.vendor;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.deribit.DeribitOptions;
import dev.tapeline.feed.deribit.DeribitVendor;
import dev.tapeline.feed.net.LiveFeed;
import dev.tapeline.market.instrument.ListedInstruments;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.server.settings.part.VendorOptions;
import java.util.List;

/** Deribit as a source. Its instruments are those that it lists itself once it is connected. */
final class DeribitSource {

  private DeribitSource() {}

  static VendorSource of(VendorPlan plan, VendorParts parts) {
    DeribitOptions own = DeribitOptions.DEFAULT;
    DeribitOptions options =
        new DeribitOptions(
            new DeribitOptions.Hosts(
                plan.address(VendorOptions.SOCKET_URL).orElse(own.hosts().socket()),
                plan.address(VendorOptions.REST_URL).orElse(own.hosts().rest())),
            own.streams(),
            plan.option(VendorOptions.CURRENCIES)
                .map(text -> List.of(text.split("\\+")))
                .orElse(own.currencies()),
            plan.seed(parts.seed()));
    DeribitVendor vendor = vendor(options, plan, parts);
    return VendorSource.of(
        new SourceSpec(
            plan.name(),
            FeedStatus.State.LIVE,
            () -> {},
            () ->
                new LiveFeed(
                    plan.name(), vendor, plan.network(), parts.tap(plan.name()), parts.clock())),
        SymbolRange.KNOWN,
        null);
  }

  /** Deribit as a recording has it, which connects to nothing. */
  static DeribitVendor recorded(VendorPlan plan, VendorParts parts) {
    return vendor(DeribitOptions.DEFAULT, plan, parts);
  }

  private static DeribitVendor vendor(DeribitOptions options, VendorPlan plan, VendorParts parts) {
    return new DeribitVendor(
        options, instruments -> parts.listed(plan.name(), new ListedInstruments(instruments)));
  }
}
