package dev.tapeline.market.session;

import org.jspecify.annotations.Nullable;

/**
 * The times of a contract's last day, where they differ from those of any other day.
 *
 * @param settlement when the contract's value is fixed; null if that is the close
 * @param indexLastTrade when trading in an expiring contract on an index stops; null if it goes on
 *     to the close
 * @param indexAverageFrom the begin of the time whose average settles a contract on an index; null
 *     if the settlement is no average of the derivatives' last hours
 */
public record ExpiryTimes(
    @Nullable TimeOfDay settlement,
    @Nullable TimeOfDay indexLastTrade,
    @Nullable TimeOfDay indexAverageFrom) {

  public static final ExpiryTimes AS_OTHER_DAYS = new ExpiryTimes(null, null, null);
}
