package dev.tapeline.store.history.questdb;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.store.history.HistoryRow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes rows as lines. */
final class RowLines {

  private RowLines() {}

  static void add(HistoryRow row, LineText out) {
    switch (row) {
      case HistoryRow.OfBar bar -> add(bar, out);
      case HistoryRow.OfTick tick -> add(tick, out);
      case HistoryRow.OfChain chain ->
          out.begin(QuestdbTables.CHAINS, chain.series())
              .symbol("expiry", chain.expiry().toString())
              .add("body", new String(chain.json(), StandardCharsets.UTF_8));
      case HistoryRow.OfFigure figure ->
          out.begin(QuestdbTables.FIGURES, figure.series())
              .symbol("figure", figure.figure().word())
              .add("value", figure.value());
    }
    out.end(row.time());
  }

  private static void add(HistoryRow.OfBar row, LineText out) {
    Bar bar = row.bar();
    var prices = bar.prices();
    ExactDecimals.Form price =
        ExactDecimals.formOf(
            Arrays.asList(prices.open(), prices.high(), prices.low(), prices.close()));
    ExactDecimals.Form volume = ExactDecimals.formOf(Arrays.asList(bar.volume()));
    out.begin(QuestdbTables.bars(bar.frame().isIntraday()), row.series())
        .symbol("tf", bar.frame().toString())
        .add("open", prices.open())
        .add("high", prices.high())
        .add("low", prices.low())
        .add("close", prices.close())
        .add("volume", bar.volume())
        .add("trades", bar.count())
        .add("revision", bar.state().revision())
        .add("partial", bar.state().partial())
        .add("price_scale", price.scale())
        .add("volume_scale", volume.scale())
        .add("exact", joined(price, volume));
  }

  /** The texts of two forms, by bar; null if neither has one. */
  private static @Nullable String joined(ExactDecimals.Form price, ExactDecimals.Form other) {
    return price.text() == null && other.text() == null
        ? null
        : "%s|%s".formatted(orEmpty(price.text()), orEmpty(other.text()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static void add(HistoryRow.OfTick tick, LineText out) {
    ExactDecimals.Form price = ExactDecimals.formOf(Arrays.asList(tick.price()));
    ExactDecimals.Form quantity = ExactDecimals.formOf(Arrays.asList(tick.quantity()));
    out.begin(QuestdbTables.TICKS, tick.series());
    if (tick.aggressor() != null) {
      out.symbol("aggressor", tick.aggressor().name());
    }
    out.add("ordinal", tick.ordinal())
        .add("price", tick.price())
        .add("quantity", tick.quantity())
        .add("price_scale", price.scale())
        .add("quantity_scale", quantity.scale())
        .add("exact", joined(price, quantity));
    if (tick.id() != Tick.NO_ID) {
      out.add("id", tick.id());
    }
  }
}
