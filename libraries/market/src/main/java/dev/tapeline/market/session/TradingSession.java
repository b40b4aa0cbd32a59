package dev.tapeline.market.session;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One stretch of continuous trading in a market, with its closing auction if it has one.
 *
 * @param date the trading day, on the exchange's own clock
 * @param name {@code regular}, or what the calendar calls it: {@code morning}, {@code muhurat}
 * @param occasion why there is a session on an unusual day or at an unusual hour; null if there is
 *     nothing unusual
 * @param provisional whether the exchange has not yet confirmed the hours
 * @param open the begin of continuous trading
 * @param close the end of continuous trading
 * @param end the latest end of the closing auction, whose price is the last one of the session; the
 *     close if there is no auction
 */
public record TradingSession(
    LocalDate date,
    String name,
    @Nullable String occasion,
    boolean provisional,
    Instant open,
    Instant close,
    Instant end) {

  TradingSession joinedWith(TradingSession last) {
    return equals(last)
        ? this
        : new TradingSession(
            date,
            PhaseWindow.REGULAR,
            occasion,
            provisional || last.provisional,
            open,
            last.close,
            last.end);
  }
}
