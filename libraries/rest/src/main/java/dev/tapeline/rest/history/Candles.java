package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.store.history.Series;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of candles, in order of time.
 *
 * @param series null if there is no history of the instrument
 * @param older the {@code to} of the page before; null if nothing is known to be there
 * @param newer the {@code from} of the page behind; null if nothing is known to be there
 */
record Candles(
    String symbol,
    Frame frame,
    @Nullable Series series,
    List<Bar> bars,
    @Nullable Long older,
    @Nullable Long newer) {

  String json() {
    StringBuilder out = new StringBuilder(128 + bars.size() * 96);
    Texts.quoted(out.append("{\"symbol\":"), symbol);
    Texts.quoted(Texts.member(out, "tf"), frame.toString());
    if (series != null) {
      Texts.series(out, series);
    }
    Texts.member(out, "candles").append('[');
    for (int i = 0; i < bars.size(); i++) {
      json(out.append(i == 0 ? "" : ","), bars.get(i));
    }
    out.append(']');
    Texts.cursor(out, "older", older);
    Texts.cursor(out, "newer", newer);
    return out.append('}').toString();
  }

  private static void json(StringBuilder out, Bar bar) {
    out.append("{\"t\":").append(bar.time());
    Texts.member(out, "o", bar.prices().open());
    Texts.member(out, "h", bar.prices().high());
    Texts.member(out, "l", bar.prices().low());
    Texts.member(out, "c", bar.prices().close());
    Texts.member(out, "v", bar.volume());
    Texts.member(out, "n").append(bar.count());
    Texts.member(out, "closed").append(bar.state().closed());
    if (bar.state().revision() > 0) {
      Texts.member(out, "rev").append(bar.state().revision());
    }
    if (bar.state().partial()) {
      Texts.member(out, "partial").append(true);
    }
    out.append('}');
  }

  String csv() {
    StringBuilder out = new StringBuilder(64 + bars.size() * 64);
    out.append("time,open,high,low,close,volume,count,closed\n");
    for (Bar bar : bars) {
      out.append(bar.time());
      Texts.field(out, bar.prices().open());
      Texts.field(out, bar.prices().high());
      Texts.field(out, bar.prices().low());
      Texts.field(out, bar.prices().close());
      Texts.field(out, bar.volume());
      out.append(',').append(bar.count()).append(',').append(bar.state().closed()).append('\n');
    }
    return out.toString();
  }
}
