package dev.tapeline.rest.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.rest.arrow.ArrowColumn;
import dev.tapeline.rest.arrow.ArrowTable;
import dev.tapeline.store.history.Origin;
import dev.tapeline.store.history.Series;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
    boolean isFilling)
    implements AnswerPage {

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

  @Override
  public String json() {
    StringBuilder out = new StringBuilder(128 + bars.size() * 96);
    Texts.quoted(out.append("{\"symbol\":"), symbol);
    Texts.quoted(Texts.member(out, "tf"), frame.toString());
    metadata().series(out);
    Texts.member(out, "candles").append('[');
    for (int i = 0; i < bars.size(); i++) {
      json(out.append(i == 0 ? "" : ","), bars.get(i));
    }
    out.append(']');
    metadata().cursors(out);
    if (isFilling) {
      Texts.member(out, "filling").append(true);
    }
    return out.append('}').toString();
  }

  SeriesMetadata metadata() {
    return new SeriesMetadata(symbol, series, older, newer);
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

  @Override
  public String csv() {
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

  @Override
  public ArrowTable arrow() {
    Map<String, String> metadata = metadata().texts();
    metadata.put("tf", frame.toString());
    return new ArrowTable(
        metadata,
        List.of(
            new ArrowColumn.Instants("time", column(Bar::time)),
            prices("open", Ohlc::open),
            prices("high", Ohlc::high),
            prices("low", Ohlc::low),
            prices("close", Ohlc::close),
            new ArrowColumn.Decimals("volume", this.<@Nullable BigDecimal>column(Bar::volume)),
            new ArrowColumn.Wholes("count", this.<@Nullable Long>column(Candles::count)),
            new ArrowColumn.Flags("closed", column(bar -> bar.state().closed())),
            new ArrowColumn.Wholes("revision", column(bar -> (long) bar.state().revision())),
            new ArrowColumn.Flags("partial", column(bar -> bar.state().partial())),
            new ArrowColumn.Words("origin", column(this::origin))));
  }

  private static @Nullable Long count(Bar bar) {
    return bar.isCounted() ? bar.count() : null;
  }

  private ArrowColumn prices(String name, Function<Ohlc, BigDecimal> price) {
    return new ArrowColumn.Decimals(name, column(bar -> price.apply(bar.prices())));
  }

  private <T extends @Nullable Object> List<T> column(Function<Bar, T> value) {
    return bars.stream().map(value).toList();
  }
}
