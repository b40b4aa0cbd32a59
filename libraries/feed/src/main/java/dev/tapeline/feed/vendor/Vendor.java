package dev.tapeline.feed.vendor;

import java.util.List;

/** A vendor of market data, as one source has it configured. */
public interface Vendor {

  /** The limits on REST calls. */
  List<RestCall.Budget> budgets();

  /** A new conversation, which begins to open sockets as soon as something arrives. */
  VendorSession converse(VendorLink link);
}
