package dev.tapeline.server.calc;

import dev.tapeline.feed.replay.CsvPlayback;
import dev.tapeline.market.bar.study.BarSessions;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.session.TradingCalendar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * The hours that the instrument of a file trades in: those of an exchange segment, or days of UTC.
 *
 * @param segment as instruments have it
 * @param hasDerivatives whether there are futures or options on the share
 */
public record SessionClass(TradingCalendar calendar, String segment, boolean hasDerivatives) {

  /** The name of days of UTC. */
  public static final String UTC = "UTC";

  private static final String WITH_DERIVATIVES = "_FNO";
  private static final List<String> SHARES = List.of("NSE_EQ", "BSE_EQ");
  private static final List<String> NAMES =
      List.of(
          UTC,
          "NSE_EQ",
          "NSE_EQ_FNO",
          "NSE_FNO",
          "NSE_CURRENCY",
          "BSE_EQ",
          "BSE_EQ_FNO",
          "BSE_FNO",
          "BSE_CURRENCY",
          "MCX_COMM",
          "IDX_I");

  /**
   * The class of a name.
   *
   * @throws IllegalArgumentException saying which there are
   */
  public static SessionClass parse(TradingCalendar calendar, String text) {
    String name = text.toUpperCase(Locale.ROOT);
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' is no session class; there are %s".formatted(text, String.join(", ", NAMES)));
    }
    for (String shares : SHARES) {
      if (name.equals(shares + WITH_DERIVATIVES)) {
        return new SessionClass(calendar, shares, true);
      }
    }
    return new SessionClass(calendar, name.equals(UTC) ? CsvPlayback.SEGMENT : name, false);
  }

  /** An instrument that trades in these hours. */
  Instrument instrument() {
    return new Instrument.Share(new Reference("FILE", segment, "FILE", "FILE", BigDecimal.ZERO));
  }

  BarSessions sessions() {
    return new BarSessions(calendar, _ -> true, _ -> hasDerivatives);
  }
}
