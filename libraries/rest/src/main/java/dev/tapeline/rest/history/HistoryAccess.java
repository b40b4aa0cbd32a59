package dev.tapeline.rest.history;

import io.javalin.http.Context;
import java.util.OptionalLong;

/** Up to when a caller may see the history of an instrument. */
@FunctionalInterface
public interface HistoryAccess {

  /** Every caller sees all of it. */
  HistoryAccess ALL = (_, _) -> OptionalLong.empty();

  /** The first time that the caller may not see, epoch ms UTC; empty if there is none. */
  OptionalLong until(Context caller, String symbol);
}
