package dev.tapeline.server.vendor;

import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import java.util.List;
import java.util.function.Consumer;

/**
 * A vendor whose arrivals come from a recording. The recorded watchlists are the only list of
 * instruments that there is, so each is told before the vendor's own session takes it. Its sessions
 * are owned by the thread of their replay.
 *
 * @param lists is told each watchlist
 */
record RecordedVendor(Vendor vendor, Consumer<Watchlist> lists) implements Vendor {

  @Override
  public List<RestCall.Budget> budgets() {
    return vendor.budgets();
  }

  @Override
  public VendorSession converse(VendorLink link) {
    VendorSession session = vendor.converse(link);
    return (arrival, out) -> {
      if (arrival instanceof Arrival.Watch(Watchlist list, long _)) {
        lists.accept(list);
      }
      session.onArrival(arrival, out);
    };
  }
}
