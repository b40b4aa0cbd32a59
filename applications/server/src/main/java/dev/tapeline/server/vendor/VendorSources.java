package dev.tapeline.server.vendor;

import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.server.settings.part.FeedKind;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the sources of vendors. */
public final class VendorSources {

  private VendorSources() {}

  /**
   * A vendor as a source.
   *
   * @throws IllegalArgumentException if a source of this kind is no vendor
   */
  public static VendorSource make(FeedKind kind, VendorPlan plan, VendorParts parts) {
    return switch (kind) {
      case BINANCE -> BinanceSource.of(plan, parts);
      case DHAN -> DhanSource.of(plan, parts);
      case DERIBIT -> DeribitSource.of(plan, parts);
      case SIMULATOR, BUS, REPLAY -> throw new IllegalArgumentException(kind + " is no vendor");
    };
  }

  /**
   * A vendor that decodes what was recorded of a source, and connects to nothing.
   *
   * @param plan the name of the replay, and the options of the recording
   * @throws IllegalArgumentException if nothing of this kind is recorded
   */
  public static Vendor recorded(FeedKind kind, VendorPlan plan, VendorParts parts) {
    Vendor vendor =
        switch (kind) {
          case BINANCE -> BinanceSource.recorded(plan, parts);
          case DHAN -> DhanSource.recorded(plan, parts);
          case DERIBIT, SIMULATOR, BUS, REPLAY ->
              throw new IllegalArgumentException(kind + " is no vendor");
        };
    return new RecordedVendor(vendor, list -> makeKnown(list, plan.name(), parts));
  }

  private static void makeKnown(Watchlist list, String source, VendorParts parts) {
    Stream.of(list.instruments().keySet(), list.asked(), list.legs())
        .flatMap(Set::stream)
        .forEach(instrument -> parts.known(source, instrument));
  }
}
