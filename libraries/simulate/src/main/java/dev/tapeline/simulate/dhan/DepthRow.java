package dev.tapeline.simulate.dhan;

import java.math.BigDecimal;

/** A level of one side of a book. */
public record DepthRow(BigDecimal price, long quantity, int orders) {

  /** The padding where there are no more levels. */
  static final DepthRow NONE = new DepthRow(BigDecimal.ZERO, 0, 0);
}
