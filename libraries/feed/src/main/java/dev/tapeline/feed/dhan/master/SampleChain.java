package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * The derivatives of an index or a share in a {@link SampleMaster}.
 *
 * @param token the exchange's number of the underlying: for a share its security id, for an index
 *     another one
 * @param middle the strike in the middle of each expiry
 * @param step from one strike to the next
 * @param wings how many strikes there are on each side of the middle; those of 0 and below are left
 *     out
 * @param expiries of options
 * @param futures the expiries of futures
 */
public record SampleChain(
    Instrument underlying,
    String token,
    BigDecimal middle,
    BigDecimal step,
    int wings,
    BigDecimal lot,
    List<LocalDate> expiries,
    List<LocalDate> futures) {

  public SampleChain {
    expiries = List.copyOf(expiries);
    futures = List.copyOf(futures);
  }

  String instrument(String kind) {
    return kind + (underlying instanceof Instrument.Index ? "IDX" : "STK");
  }
}
