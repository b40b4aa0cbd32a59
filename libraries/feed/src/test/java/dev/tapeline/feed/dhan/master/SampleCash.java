package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.util.List;

/** A few indices and shares of our own making, for samples of the master. */
final class SampleCash {

  static final List<Instrument> ALL =
      List.of(
          index("NIFTY", "13", "Nifty 50"),
          index("BANKNIFTY", "25", "Nifty Bank"),
          index("SENSEX", "51", "S&P BSE Sensex"),
          share("RELIANCE", "2885", "Reliance Industries"),
          share("SBIN", "3045", "State Bank of India"),
          share("HDFCBANK", "1333", "HDFC Bank"),
          share("M&M", "2031", "Mahindra & Mahindra"),
          share("ACME", "99", "Acme, the \"best\" one"));

  private SampleCash() {}

  private static Instrument index(String symbol, String id, String name) {
    return new Instrument.Index(new Reference(symbol, "IDX_I", id, name, new BigDecimal("0.05")));
  }

  private static Instrument share(String symbol, String id, String name) {
    return new Instrument.Share(new Reference(symbol, "NSE_EQ", id, name, new BigDecimal("0.05")));
  }
}
