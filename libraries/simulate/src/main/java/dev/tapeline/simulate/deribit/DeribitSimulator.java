package dev.tapeline.simulate.deribit;

import dev.tapeline.simulate.control.VendorSimulator;

/** Deribit from a simulated market: its public JSON-RPC by socket and by REST. */
public final class DeribitSimulator extends VendorSimulator<DeribitSite> {

  private DeribitSimulator(DeribitOptions options) {
    super(
        "deribit",
        options.common(),
        DeribitMarket::isRelevant,
        DeribitMarket.derivatives(options.common().clock().instant()),
        floor -> new DeribitSite(floor, options));
  }

  public static DeribitSimulator start(DeribitOptions options) {
    return new DeribitSimulator(options);
  }

  /** Sends a test request to all clients at once, whatever heartbeats they have set. */
  public void testNow() {
    run(DeribitSite::testNow);
  }
}
