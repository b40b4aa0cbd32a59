package dev.tapeline.simulate.dhan;

import java.math.BigDecimal;

/**
 * The figures that Quote and Full packets share.
 *
 * @param time of the last trade: seconds since 1970 on India's wall clock
 */
public record DhanFigures(
    BigDecimal last,
    long lastQuantity,
    long time,
    BigDecimal average,
    long volume,
    long sellQuantity,
    long buyQuantity,
    BigDecimal open,
    BigDecimal close,
    BigDecimal high,
    BigDecimal low) {}
