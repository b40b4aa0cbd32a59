package dev.tapeline.rest.history;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.indicator.IndicatorSpec;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.plant.wire.ReadingsJson;
import dev.tapeline.rest.arrow.ArrowColumn;
import dev.tapeline.rest.arrow.ArrowTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A page of values of indicators, in order of time.
 *
 * @param candles the page that they are of
 * @param values those at each candle
 */
record Indicators(Candles candles, What what, List<Readings> values) implements AnswerPage {

  /**
   * Which indicators are wanted.
   *
   * @param isCommon whether the caller named none: they are called as in the channel of the common
   *     ones then
   */
  record What(IndicatorSpec spec, boolean isCommon) {}

  @Override
  public String json() {
    StringBuilder out = new StringBuilder(128 + values.size() * 128);
    Texts.quoted(out.append("{\"symbol\":"), candles.symbol());
    Texts.quoted(Texts.member(out, "tf"), candles.frame().toString());
    Texts.quoted(Texts.member(out, "spec"), what.spec().toString());
    candles.metadata().series(out);
    Texts.member(out, "indicators").append('[');
    JsonBytes entry = new JsonBytes();
    for (int i = 0; i < values.size(); i++) {
      write(entry.clear(), candles.bars().get(i), values.get(i));
      out.append(i == 0 ? "" : ",").append(new String(entry.toBytes(), StandardCharsets.US_ASCII));
    }
    out.append(']');
    candles.metadata().cursors(out);
    return out.append('}').toString();
  }

  private void write(JsonBytes out, Bar bar, Readings readings) {
    out.ascii("{\"t\":").number(bar.time());
    out.ascii(bar.state().closed() ? ",\"closed\":true" : ",\"closed\":false");
    out.ascii(",\"bars\":").number(readings.bars());
    ReadingsJson.write(out, readings, what.isCommon());
    out.ascii("}");
  }

  /** The columns of {@code calc indicators} come first. */
  @Override
  public String csv() {
    List<String> names = what.spec().values();
    StringBuilder out = new StringBuilder(128 + values.size() * 24 * names.size());
    out.append("time,").append(String.join(",", names)).append(",bars,closed\n");
    for (int i = 0; i < values.size(); i++) {
      Readings readings = values.get(i);
      out.append(candles.bars().get(i).time());
      for (int place = 0; place < names.size(); place++) {
        out.append(',');
        if (readings.has(place)) {
          out.append(readings.get(place));
        }
      }
      out.append(',').append(readings.bars());
      out.append(',').append(candles.bars().get(i).state().closed()).append('\n');
    }
    return out.toString();
  }

  @Override
  public ArrowTable arrow() {
    Map<String, String> metadata = candles.metadata().texts();
    metadata.put("tf", candles.frame().toString());
    metadata.put("spec", what.spec().toString());
    List<ArrowColumn> columns = new ArrayList<>();
    columns.add(new ArrowColumn.Instants("time", candles.bars().stream().map(Bar::time).toList()));
    List<String> names = what.spec().values();
    IntStream.range(0, names.size())
        .forEach(place -> columns.add(new ArrowColumn.Doubles(names.get(place), column(place))));
    columns.add(
        new ArrowColumn.Wholes("bars", values.stream().map(it -> (long) it.bars()).toList()));
    columns.add(
        new ArrowColumn.Flags(
            "closed", candles.bars().stream().map(bar -> bar.state().closed()).toList()));
    return new ArrowTable(metadata, columns);
  }

  private List<@Nullable Double> column(int place) {
    List<@Nullable Double> column = new ArrayList<>();
    values.forEach(readings -> column.add(readings.has(place) ? readings.get(place) : null));
    return column;
  }
}
