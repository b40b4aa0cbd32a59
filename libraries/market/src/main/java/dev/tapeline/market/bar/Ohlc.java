package dev.tapeline.market.bar;

import java.math.BigDecimal;

/** The first, highest, lowest and last price of a bar. */
public record Ohlc(BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {}
