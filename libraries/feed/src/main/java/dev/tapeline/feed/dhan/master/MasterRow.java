package dev.tapeline.feed.dhan.master;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of the master that is taken. Decimals have no trailing zeros; what a row lacks is null, and
 * a text that it lacks is empty.
 *
 * @param ticker the exchange's name for it, or for its underlying, as a symbol can have it
 * @param shareId the security id of the share that it is a derivative of; negative for all others
 * @param tick in rupees; null if it can't be read
 */
record MasterRow(
    MasterSegment segment,
    int securityId,
    MasterKind kind,
    String ticker,
    int shareId,
    String name,
    @Nullable LocalDate expiry,
    @Nullable BigDecimal strike,
    @Nullable BigDecimal lot,
    @Nullable BigDecimal tick,
    MasterDetails details)
    implements RowOutcome {}
