package dev.tapeline.plant.wire;

import dev.tapeline.core.Cache;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.market.event.MarketEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * {@code candles:{SYMBOL}:{TF}}: the bars of an instrument and a time frame. A closed bar is always
 * published, a forming one while its channel is wanted. Each is also kept in the cache for an hour.
 * Prices and quantities are JSON numbers.
 *
 * <table>
 * <caption>Fields of a bar</caption>
 * <tr><th>field</th><th>is</th></tr>
 * <tr><td>symbol, tf</td><td>the instrument and the time frame</td></tr>
 * <tr><td>t</td><td>the begin, epoch ms</td></tr>
 * <tr><td>o, h, l, c</td><td>the first, highest, lowest and last price</td></tr>
 * <tr><td>v</td><td>the quantity traded; left out where it is unknown, as for an index</td></tr>
 * <tr><td>n</td><td>the number of trades, or of values of an index</td></tr>
 * <tr><td>closed</td><td>whether its time is over</td></tr>
 * <tr><td>rev</td><td>how often what it said before was corrected, if it was: such a bar replaces all
 *     that was said of it</td></tr>
 * <tr><td>partial</td><td>true if not all of its time was seen</td></tr>
 * <tr><td>source</td><td>the name of the source</td></tr>
 * <tr><td>simulated</td><td>true if invented</td></tr>
 * </table>
 */
final class CandleFamily implements ChannelFamily {

  private static final Duration TTL = Duration.ofHours(1);

  private final PayloadWriter writer;
  private final Predicate<String> wanted;

  /**
   * @param wanted tells of a channel whether anybody wants it
   */
  CandleFamily(PayloadWriter writer, Predicate<String> wanted) {
    this.writer = writer;
    this.wanted = wanted;
  }

  @Override
  public void onEvent(MarketEvent event, InstrumentChannels channels, Batch out) {
    if (event instanceof MarketEvent.BarChanged(_, var times, Bar bar)) {
      CandleNames names = channels.candles(bar.frame());
      if (bar.state().closed() || wanted.test(names.channel())) {
        byte[] payload = payload(names, bar);
        String text = new String(payload, StandardCharsets.US_ASCII);
        out.write(new Cache.Write.Put(names.keyHead() + bar.time(), text, TTL));
        out.publish(names.channel(), payload, times);
      }
    }
  }

  private byte[] payload(CandleNames names, Bar bar) {
    Ohlc prices = bar.prices();
    Bar.State state = bar.state();
    writer.begin(names.payloadHead()).number(bar.time());
    writer.number(",\"o\":", prices.open());
    writer.number(",\"h\":", prices.high());
    writer.number(",\"l\":", prices.low());
    writer.number(",\"c\":", prices.close());
    writer.number(",\"v\":", bar.volume());
    writer.count(",\"n\":", bar.count());
    writer.ascii(state.closed() ? ",\"closed\":true" : ",\"closed\":false");
    if (state.revision() > 0) {
      writer.count(",\"rev\":", state.revision());
    }
    if (state.partial()) {
      writer.ascii(",\"partial\":true");
    }
    writer.source();
    return writer.end();
  }
}
