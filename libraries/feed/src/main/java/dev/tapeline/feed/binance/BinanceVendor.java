package dev.tapeline.feed.binance;

import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import dev.tapeline.market.instrument.Instrument;
import java.util.List;
import java.util.function.Consumer;

/** Binance spot, live: its public market data, without an account. */
public final class BinanceVendor implements Vendor {

  private final BinanceOptions options;
  private final Consumer<Instrument> described;

  /**
   * @param described is told each watched instrument that was looked up, with its name and its tick
   *     size, on the thread of the feed
   */
  public BinanceVendor(BinanceOptions options, Consumer<Instrument> described) {
    this.options = options;
    this.described = described;
  }

  @Override
  public List<RestCall.Budget> budgets() {
    return BinanceCalls.budgets(options);
  }

  @Override
  public VendorSession converse(VendorLink link) {
    return new BinanceSession(options, link, described);
  }
}
