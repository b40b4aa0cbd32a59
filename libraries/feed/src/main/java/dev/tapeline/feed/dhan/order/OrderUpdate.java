package dev.tapeline.feed.dhan.order;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The state of an order after a change.
 *
 * @param orderNo the vendor's number of the order
 * @param exchangeOrderNo that of the exchange; empty before it has one
 * @param exchange {@code NSE}, {@code BSE}, {@code MCX}
 * @param segment {@code E} shares, {@code D} derivatives, {@code C} currency, {@code M} commodities
 * @param side {@code B} or {@code S}
 * @param product {@code C}, {@code I}, {@code M}, {@code F}, {@code V} or {@code B}
 * @param status in capitals: {@code PENDING}, {@code TRADED}, {@code CANCELLED} and so on
 * @param source {@code P} if a program has placed it, {@code N} if a person has
 * @param reason the vendor's words, empty if there are none
 * @param correlationId what the program that placed it has called it; empty if it has not
 * @param price its limit; null for an order at market
 * @param averagePrice of what was traded; null before
 * @param updated when it changed, epoch ms UTC; 0 if that is not said
 */
public record OrderUpdate(
    String orderNo,
    String exchangeOrderNo,
    String exchange,
    String segment,
    String securityId,
    String symbol,
    String side,
    String product,
    String orderType,
    String status,
    String source,
    String reason,
    String correlationId,
    long quantity,
    long tradedQuantity,
    @Nullable BigDecimal price,
    @Nullable BigDecimal triggerPrice,
    @Nullable BigDecimal tradedPrice,
    @Nullable BigDecimal averagePrice,
    long updated) {}
