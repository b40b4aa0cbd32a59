package dev.tapeline.rest.history;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.rest.arrow.ArrowColumn;
import dev.tapeline.rest.arrow.ArrowTable;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of ticks, in order of time.
 *
 * @param series null if there are no ticks of the instrument
 * @param older the {@code to} of the page before; null if nothing is known to be there
 * @param newer the {@code from} of the page behind; null if nothing is known to be there
 */
record Ticks(
    String symbol,
    @Nullable Series series,
    List<HistoryRow.OfTick> ticks,
    @Nullable Long older,
    @Nullable Long newer)
    implements AnswerPage {

  @Override
  public String json() {
    StringBuilder out = new StringBuilder(128 + ticks.size() * 64);
    Texts.quoted(out.append("{\"symbol\":"), symbol);
    metadata().series(out);
    Texts.member(out, "ticks").append('[');
    for (int i = 0; i < ticks.size(); i++) {
      json(out.append(i == 0 ? "" : ","), ticks.get(i));
    }
    out.append(']');
    metadata().cursors(out);
    return out.append('}').toString();
  }

  private SeriesMetadata metadata() {
    return new SeriesMetadata(symbol, series, older, newer);
  }

  private static void json(StringBuilder out, HistoryRow.OfTick tick) {
    out.append("{\"t\":").append(tick.time());
    Texts.member(out, "p", tick.price());
    Texts.member(out, "q", tick.quantity());
    String side = side(tick);
    if (side != null) {
      Texts.quoted(Texts.member(out, "side"), side);
    }
    if (tick.id() != Tick.NO_ID) {
      Texts.member(out, "id").append(tick.id());
    }
    out.append('}');
  }

  private static @Nullable String side(HistoryRow.OfTick tick) {
    return tick.aggressor() == null ? null : tick.aggressor().name().toLowerCase(Locale.ROOT);
  }

  /** The columns that {@code replay --format csv} reads come first. */
  @Override
  public String csv() {
    StringBuilder out = new StringBuilder(64 + ticks.size() * 48);
    out.append("time,symbol,price,quantity,side,id\n");
    for (HistoryRow.OfTick tick : ticks) {
      out.append(tick.time()).append(',').append(symbol);
      Texts.field(out, tick.price());
      Texts.field(out, tick.quantity());
      out.append(',').append(Objects.requireNonNullElse(side(tick), "")).append(',');
      if (tick.id() != Tick.NO_ID) {
        out.append(tick.id());
      }
      out.append('\n');
    }
    return out.toString();
  }

  @Override
  public ArrowTable arrow() {
    return new ArrowTable(
        metadata().texts(),
        List.of(
            new ArrowColumn.Instants("time", column(HistoryRow.OfTick::time)),
            new ArrowColumn.Decimals("price", column(HistoryRow.OfTick::price)),
            new ArrowColumn.Decimals(
                "quantity", this.<@Nullable BigDecimal>column(HistoryRow.OfTick::quantity)),
            new ArrowColumn.Words("side", this.<@Nullable String>column(Ticks::side)),
            new ArrowColumn.Wholes(
                "id",
                this.<@Nullable Long>column(tick -> tick.id() == Tick.NO_ID ? null : tick.id()))));
  }

  private <T extends @Nullable Object> List<T> column(Function<HistoryRow.OfTick, T> value) {
    return ticks.stream().map(value).toList();
  }
}
