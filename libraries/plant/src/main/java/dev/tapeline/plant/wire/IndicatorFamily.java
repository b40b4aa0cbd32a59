package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.indicator.IndicatorTerm;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.market.tick.Times;
import dev.tapeline.plant.channels.Channels;
import java.util.List;

/**
 * {@code indicators:{SYMBOL}} and {@code indicators:{SYMBOL}:{TF}:{SPEC}}: the values of indicators
 * with each change of the bar that forms, and when a bar is closed or amended.
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><th>field</th><th>is</th></tr>
 * <tr><td>symbol, tf</td><td>the instrument and the frame of its bars</td></tr>
 * <tr><td>t</td><td>the begin of the bar, epoch ms UTC</td></tr>
 * <tr><td>closed</td><td>whether the bar is closed</td></tr>
 * <tr><td>bars</td><td>how many closed bars the values are made of</td></tr>
 * <tr><td>rev</td><td>how often the values of the closed bar have changed; left out if never</td></tr>
 * <tr><td>a name such as rsi, or ema-20 where there are several of a kind</td><td>the value; an
 *     object where there are more, such as macd with macd, signal and histogram. Values that are not
 *     defined yet are left out</td></tr>
 * <tr><td>source, simulated</td><td>as in a market tick</td></tr>
 * </table>
 */
final class IndicatorFamily implements ChannelFamily {

  private final PayloadWriter writer;

  IndicatorFamily(PayloadWriter writer) {
    this.writer = writer;
  }

  @Override
  public void onEvent(MarketEvent event, InstrumentChannels channels, Batch out) {
    if (event
        instanceof MarketEvent.IndicatorsChanged(_, Times times, var point, Readings readings)) {
      String channel =
          point.name().isEmpty()
              ? Channels.indicators(channels.symbol)
              : Channels.indicators(channels.symbol, point.name());
      out.publish(channel, payload(channels.symbol, point, readings), times);
    }
  }

  private byte[] payload(
      String symbol, MarketEvent.IndicatorsChanged.Point point, Readings readings) {
    JsonBytes out = writer.begin();
    out.ascii("{\"symbol\":").string(symbol);
    out.ascii(",\"tf\":\"").ascii(point.frame().toString());
    out.ascii("\",\"t\":").number(point.time());
    out.ascii(point.closed() ? ",\"closed\":true" : ",\"closed\":false");
    out.ascii(",\"bars\":").number(readings.bars());
    if (point.revision() > 0) {
      out.ascii(",\"rev\":").number(point.revision());
    }
    int place = 0;
    for (IndicatorTerm term : readings.spec().terms()) {
      place = write(out, term, readings, place);
    }
    writer.source();
    return writer.end();
  }

  /** Writes what is defined of one indicator; returns the place of the next one. */
  private static int write(JsonBytes out, IndicatorTerm term, Readings readings, int first) {
    List<String> names = term.kind().valueNames();
    String key = readings.spec().keyOf(term);
    if (names.size() == 1) {
      if (readings.has(first)) {
        out.ascii(",\"").ascii(key).ascii("\":").number(readings.get(first));
      }
      return first + 1;
    }
    String before = ",\"" + key + "\":{\"";
    boolean any = false;
    for (int i = 0; i < names.size(); i++) {
      if (readings.has(first + i)) {
        out.ascii(any ? ",\"" : before).ascii(names.get(i)).ascii("\":");
        out.number(readings.get(first + i));
        any = true;
      }
    }
    if (any) {
      out.ascii("}");
    }
    return first + names.size();
  }
}
