package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.order.OrderUpdateListener;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.feed.dhan.token.TokenKeeper;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.Vendor;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.feed.vendor.VendorSession;
import java.util.List;

/** Dhan as one source has it configured. */
public final class DhanVendor implements Vendor {

  private final DhanOptions options;
  private final Parts parts;
  private final PollReport polls = new PollReport();

  /**
   * What a conversation with Dhan needs of the rest of the system.
   *
   * @param legs finds the options of a chain
   * @param tokens keeps new tokens, and says whether they may be made here
   * @param orders is told of the account's orders, where these are listened to
   */
  public record Parts(
      TradingHours hours, ChainLegs legs, TokenKeeper tokens, OrderUpdateListener orders) {

    /** The calendar and the chains alone; tokens and orders are dropped. */
    public static Parts of(TradingHours hours, ChainLegs legs) {
      return new Parts(hours, legs, TokenKeeper.NONE, OrderUpdateListener.NONE);
    }
  }

  public DhanVendor(DhanOptions options, Parts parts) {
    this.options = options;
    this.parts = parts;
  }

  @Override
  public List<RestCall.Budget> budgets() {
    return options.budgets();
  }

  @Override
  public VendorSession converse(VendorLink link) {
    return new DhanSession(options, parts, link, polls);
  }

  /** How the polling of option chains goes; may be read from any thread. */
  public PollReport polls() {
    return polls;
  }
}
