package dev.tapeline.server.calendar;

import dev.tapeline.market.session.ExpiryTimes;
import dev.tapeline.market.session.TimeOfDay;
import org.jspecify.annotations.Nullable;

/** The times of a contract's last day as they are written. */
record ExpiryText(
    @Nullable TimeOfDay settlement,
    @Nullable TimeOfDay indexLastTrade,
    @Nullable TimeOfDay indexAverageFrom) {

  static ExpiryTimes times(@Nullable ExpiryText text) {
    return text == null
        ? ExpiryTimes.AS_OTHER_DAYS
        : new ExpiryTimes(text.settlement, text.indexLastTrade, text.indexAverageFrom);
  }
}
