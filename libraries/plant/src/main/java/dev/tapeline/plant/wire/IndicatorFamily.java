package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.indicator.Readings;
import dev.tapeline.market.tick.Times;
import dev.tapeline.plant.channels.Channels;

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
 * <tr><td>rsi-14 and so on</td><td>the value; an object where there are several, such as {@code
 *     macd-12-26-9} with macd, signal and histogram. Values that are not defined yet are left out.
 *     The common indicators have their short names, such as rsi</td></tr>
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
    ReadingsJson.write(out, readings, point.name().indexOf(':') < 0);
    writer.source();
    return writer.end();
  }
}
