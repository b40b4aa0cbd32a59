package dev.tapeline.rest.history;

import dev.tapeline.market.tick.Tick;
import dev.tapeline.store.history.HistoryRow;
import dev.tapeline.store.history.Series;
import java.util.List;
import java.util.Locale;
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
    @Nullable Long newer) {

  String json() {
    StringBuilder out = new StringBuilder(128 + ticks.size() * 64);
    Texts.quoted(out.append("{\"symbol\":"), symbol);
    if (series != null) {
      Texts.series(out, series);
    }
    Texts.member(out, "ticks").append('[');
    for (int i = 0; i < ticks.size(); i++) {
      json(out.append(i == 0 ? "" : ","), ticks.get(i));
    }
    out.append(']');
    Texts.cursor(out, "older", older);
    Texts.cursor(out, "newer", newer);
    return out.append('}').toString();
  }

  private static void json(StringBuilder out, HistoryRow.OfTick tick) {
    out.append("{\"t\":").append(tick.time());
    Texts.member(out, "p", tick.price());
    Texts.member(out, "q", tick.quantity());
    if (tick.aggressor() != null) {
      Texts.quoted(Texts.member(out, "side"), side(tick));
    }
    if (tick.id() != Tick.NO_ID) {
      Texts.member(out, "id").append(tick.id());
    }
    out.append('}');
  }

  private static String side(HistoryRow.OfTick tick) {
    return tick.aggressor() == null ? "" : tick.aggressor().name().toLowerCase(Locale.ROOT);
  }

  /** The columns that {@code replay --format csv} reads come first. */
  String csv() {
    StringBuilder out = new StringBuilder(64 + ticks.size() * 48);
    out.append("time,symbol,price,quantity,side,id\n");
    for (HistoryRow.OfTick tick : ticks) {
      out.append(tick.time()).append(',').append(symbol);
      Texts.field(out, tick.price());
      Texts.field(out, tick.quantity());
      out.append(',').append(side(tick)).append(',');
      if (tick.id() != Tick.NO_ID) {
        out.append(tick.id());
      }
      out.append('\n');
    }
    return out.toString();
  }
}
