package dev.tapeline.feed.dhan.master;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the master says of an instrument beyond what every vendor does. What it does not say is null
 * or empty.
 *
 * @param series the group that the exchange trades it in, such as {@code EQ}
 * @param expiryFlag {@code W}, {@code M}, {@code Q} or {@code H}: weekly, monthly, quarterly,
 *     half-yearly
 * @param lowerLimit the lowest price of the day, in rupees
 * @param upperLimit the highest price of the day, in rupees
 * @param freezeQuantity the quantity from which the exchange freezes an order, in units
 */
public record MasterDetails(
    String series,
    String isin,
    String expiryFlag,
    @Nullable BigDecimal lowerLimit,
    @Nullable BigDecimal upperLimit,
    @Nullable BigDecimal freezeQuantity) {}
