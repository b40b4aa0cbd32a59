package dev.tapeline.feed.deribit;

import dev.tapeline.market.tick.Tick;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a ticker says of its instrument, or a row of a summary; null where it says nothing. */
record TickerTicks(
    Tick.@Nullable LastPrice last,
    Tick.@Nullable Quote quote,
    Tick.@Nullable DayStats stats,
    Tick.@Nullable OpenInterest interest,
    Tick.@Nullable Marks marks) {

  void forEach(Consumer<? super Tick> out) {
    Stream.<@Nullable Tick>of(last, quote, stats, interest, marks)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .forEach(out);
  }
}
