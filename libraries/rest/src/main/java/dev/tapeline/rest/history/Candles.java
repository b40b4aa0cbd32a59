package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of candles, in order of time.
 *
 * @param series null if there is no history of the instrument
 * @param older the {@code to} of the page before; null if nothing is known to be there
 * @param newer the {@code from} of the page behind; null if nothing is known to be there
 * @param fetched the times of the candles that were fetched of the vendor's own history, or have
 *     such parts
 * @param isFilling whether more of it is being fetched
 */
record Candles(
    String symbol,
    Frame frame,
    @Nullable Series series,
    List<Bar> bars,
    @Nullable Long older,
    @Nullable Long newer,
    Set<Long> fetched,
    boolean isFilling) {

  /**
   * The same with what was fetched for it.
   *
   * @param filled null if nothing can be fetched
   */
  Candles with(Set<Long> times, Backfill.@Nullable Filled filled) {
    if (filled == null) {
      return new Candles(symbol, frame, series, bars, older, newer, times, false);
    }
    boolean mayReachOlder = older == null && (filled.isFilling() || !bars.isEmpty());
    Long reached = mayReachOlder ? filled.earliest() : older;
    return new Candles(symbol, frame, series, bars, reached, newer, times, filled.isFilling());
  }

  String json() {
    StringBuilder out = new StringBuilder(128 + bars.size() * 96);
    Texts.quoted(out.append("{\"symbol\":"), symbol);
    Texts.quoted(Texts.member(out, "tf"), frame.toString());
    if (series != null) {
      Texts.quoted(Texts.member(out, "source"), series.source());
      Texts.quoted(Texts.member(out, "origin"), series.origin().word());
      if (series.origin() == Origin.SIMULATED) {
        Texts.member(out, "simulated").append(true);
      }
    }
    Texts.member(out, "candles").append('[');
    for (int i = 0; i < bars.size(); i++) {
      json(out.append(i == 0 ? "" : ","), bars.get(i));
    }
    out.append(']');
    cursor(out, "older", older);
    cursor(out, "newer", newer);
    if (isFilling) {
      Texts.member(out, "filling").append(true);
    }
    return out.append('}').toString();
  }

  static void cursor(StringBuilder out, String name, @Nullable Long time) {
    if (time != null) {
      Texts.member(out, name).append(time.longValue());
    }
  }

  private void json(StringBuilder out, Bar bar) {
    out.append("{\"t\":").append(bar.time());
    Texts.member(out, "o", bar.prices().open());
    Texts.member(out, "h", bar.prices().high());
    Texts.member(out, "l", bar.prices().low());
    Texts.member(out, "c", bar.prices().close());
    Texts.member(out, "v", bar.volume());
    if (bar.isCounted()) {
      Texts.member(out, "n").append(bar.count());
    }
    Texts.member(out, "closed").append(bar.state().closed());
    if (bar.state().revision() > 0) {
      Texts.member(out, "rev").append(bar.state().revision());
    }
    if (bar.state().partial()) {
      Texts.member(out, "partial").append(true);
    }
    String origin = origin(bar);
    if (series != null && !origin.equals(series.origin().word())) {
      Texts.quoted(Texts.member(out, "origin"), origin);
    }
    out.append('}');
  }

  String csv() {
    StringBuilder out = new StringBuilder(64 + bars.size() * 64);
    out.append("time,open,high,low,close,volume,count,closed,origin\n");
    for (Bar bar : bars) {
      out.append(bar.time());
      Texts.field(out, bar.prices().open());
      Texts.field(out, bar.prices().high());
      Texts.field(out, bar.prices().low());
      Texts.field(out, bar.prices().close());
      Texts.field(out, bar.volume());
      out.append(',');
      if (bar.isCounted()) {
        out.append(bar.count());
      }
      out.append(',').append(bar.state().closed());
      out.append(',').append(origin(bar)).append('\n');
    }
    return out.toString();
  }

  /** The word for how real a candle is; empty where the series is not known. */
  private String origin(Bar bar) {
    if (fetched.contains(bar.time())) {
      return Origin.BACKFILL.word();
    }
    return series == null ? "" : series.origin().word();
  }
}
