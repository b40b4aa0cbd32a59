package dev.tapeline.feed.deribit;

import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import java.util.List;

/** Deribit, live: its public market data, without an account. */
public final class DeribitVendor implements Vendor {

  private final DeribitOptions options;
  private final DeribitListener listener;

  /**
   * @param listener is told the instruments that Deribit has, on the thread of the feed
   */
  public DeribitVendor(DeribitOptions options, DeribitListener listener) {
    this.options = options;
    this.listener = listener;
  }

  @Override
  public List<RestCall.Budget> budgets() {
    return DeribitCalls.BUDGETS;
  }

  @Override
  public VendorSession converse(VendorLink link) {
    return new DeribitSession(options, link, listener);
  }
}
