package dev.tapeline.simulate.dhan;

import dev.tapeline.market.instrument.Reference;
import dev.tapeline.simulate.control.VendorSimulator;
import dev.tapeline.simulate.market.Derivatives;
import dev.tapeline.simulate.market.OptionSeries;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * Dhan from a simulated market: its data sockets, its order updates and its REST, on one port. Its
 * thread is {@code simulator-dhan}; its methods may be called by any.
 */
public final class DhanSimulator extends VendorSimulator<DhanSite> {

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
  private static final LocalTime EXPIRY = LocalTime.of(15, 30);
  private static final int NIFTY_IDS = 70_001;
  private static final int BANKNIFTY_IDS = 80_001;

  private DhanSimulator(DhanOptions options) {
    super(
        "dhan",
        options.common(),
        _ -> true,
        series(options.common().clock().instant()),
        floor -> new DhanSite(floor, options));
  }

  public static DhanSimulator start(DhanOptions options) {
    return new DhanSimulator(options);
  }

  /** The options on two indices: the next Tuesdays, and the last one of a month. */
  private static List<Derivatives> series(Instant now) {
    LocalDate today = now.atZone(INDIA).toLocalDate();
    LocalDate first = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.TUESDAY));
    LocalDate month = lastTuesday(first.plusWeeks(2));
    return List.of(
        series(
            "13",
            "NIFTY",
            NIFTY_IDS,
            List.of(first, first.plusWeeks(1), month),
            "24300",
            "50",
            "65"),
        series("25", "BANKNIFTY", BANKNIFTY_IDS, List.of(month), "51900", "100", "30"));
  }

  private static LocalDate lastTuesday(LocalDate date) {
    return date.with(TemporalAdjusters.lastInMonth(DayOfWeek.TUESDAY)).isBefore(date)
        ? date.plusMonths(1).with(TemporalAdjusters.lastInMonth(DayOfWeek.TUESDAY))
        : date.with(TemporalAdjusters.lastInMonth(DayOfWeek.TUESDAY));
  }

  private static OptionSeries series(
      String index,
      String symbol,
      int firstId,
      List<LocalDate> expiries,
      String around,
      String step,
      String lot) {
    return new OptionSeries(
        "IDX_I:" + index,
        symbol,
        BigDecimal.ONE,
        (number, expiry, strike, call, tick) -> {
          String name =
              "%s-%s-%s-%s"
                  .formatted(
                      symbol,
                      expiry.toString().replace("-", ""),
                      strike.toPlainString(),
                      call ? "CE" : "PE");
          return new Reference(name, "NSE_FNO", Integer.toString(firstId + number), name, tick);
        },
        expiries,
        EXPIRY,
        INDIA,
        new BigDecimal(around),
        new BigDecimal(step),
        41,
        new BigDecimal("0.05"),
        new BigDecimal(lot),
        false,
        0.13);
  }

  /** Tells the clients of the order socket that have logged in. */
  public void tellOrder(String event) {
    run(site -> site.tellOrder(event));
  }
}
