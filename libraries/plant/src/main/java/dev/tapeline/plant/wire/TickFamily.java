package dev.tapeline.plant.wire;

import dev.tapeline.core.Cache;
import dev.tapeline.market.event.DayFigures;
import dev.tapeline.market.event.LastValues;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.plant.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code market:tick:{SYMBOL}} and {@code market:tick}: the state of an instrument whenever it has
 * changed; and {@code live_ltp_updates}: its last price whenever that is new, as type, key, symbol,
 * ltp, and timestamp, which says when the price arose. Prices and quantities are JSON numbers.
 *
 * <table>
 * <caption>Fields of a market tick</caption>
 * <tr><th>field</th><th>is</th></tr>
 * <tr><td>symbol, key</td><td>the instrument</td></tr>
 * <tr><td>ltp, ltq</td><td>price and quantity of the last trade, or the index value</td></tr>
 * <tr><td>phase</td><td>{@code preopen} if ltp is no trade, but arose before continuous
 *     trading</td></tr>
 * <tr><td>volume</td><td>quantity traded in this session</td></tr>
 * <tr><td>averagePrice</td><td>average price of it, weighted by quantity</td></tr>
 * <tr><td>bid, ask</td><td>best prices</td></tr>
 * <tr><td>open, high, low</td><td>of this session</td></tr>
 * <tr><td>prevClose, change, changePct</td><td>close of the session before; ltp less that; the
 *     same in percent, two places</td></tr>
 * <tr><td>oi, oiChange</td><td>open contracts; that less those of the session before</td></tr>
 * <tr><td>marks</td><td>the vendor's own figures of an option: iv, bidIv, askIv (percent a year),
 *     delta, gamma, theta (a day), vega (a percent), rho (a percent), price, underlying</td></tr>
 * <tr><td>exchangeTime</td><td>when ltp arose at the exchange</td></tr>
 * <tr><td>receivedTime</td><td>when the tick behind this payload was received; as recorded, where
 *     it comes from a recording</td></tr>
 * <tr><td>source</td><td>the name of the source</td></tr>
 * <tr><td>simulated</td><td>true if invented</td></tr>
 * </table>
 */
final class TickFamily implements ChannelFamily {

  private static final Duration RECENT_TTL = Duration.ofMinutes(5);

  private final PayloadWriter writer;
  private final boolean publishesTicks;
  private final int recentTicks;

  // The newest time that was written, as text: most ticks of a batch share it.
  private long stamped = -1;
  private String stamp = "";

  /**
   * @param publishesTicks false for a source whose ticks others have published already
   * @param recentTicks how many market ticks of an instrument the cache keeps
   */
  TickFamily(PayloadWriter writer, boolean publishesTicks, int recentTicks) {
    this.writer = writer;
    this.publishesTicks = publishesTicks;
    this.recentTicks = recentTicks;
  }

  @Override
  public void onState(InstrumentState state, Batch out) {
    InstrumentChannels channels = state.channels();
    if (publishesTicks) {
      publishTick(state, out);
    }
    if (channels.announce(state.price())) {
      out.publish(Channels.ltpUpdates(), ltpUpdate(state), channels.times);
    }
  }

  private void publishTick(InstrumentState state, Batch out) {
    InstrumentChannels channels = state.channels();
    byte[] payload = tick(state);
    out.publish(channels.tickChannel, payload, channels.times);
    out.publish(Channels.allTicks(), payload, channels.times);
    cache(channels, payload, recentTicks, out);
  }

  /** Keeps the newest tick alone in the cache, where it would expire. */
  void keep(InstrumentState state, Batch out) {
    cache(state.channels(), tick(state), 1, out);
  }

  private static void cache(InstrumentChannels channels, byte[] payload, int limit, Batch out) {
    String text = new String(payload, StandardCharsets.US_ASCII);
    out.write(new Cache.Write.Append(channels.recentKey, text, limit, RECENT_TTL));
    channels.tickCachedAt = out.ingest();
  }

  private byte[] tick(InstrumentState state) {
    LastValues last = state.last();
    DayFigures day = state.day();
    writer.begin(state.channels().tickHead);
    writer.number(",\"ltp\":", state.price());
    writer.number(",\"ltq\":", last.quantity());
    if (last.isPreOpen()) {
      writer.ascii(",\"phase\":\"preopen\"");
    }
    writer.number(",\"volume\":", day.volume());
    writer.number(",\"averagePrice\":", day.average());
    writer.number(",\"bid\":", last.bid());
    writer.number(",\"ask\":", last.ask());
    writer.number(",\"open\":", day.open());
    writer.number(",\"high\":", day.high());
    writer.number(",\"low\":", day.low());
    writer.number(",\"prevClose\":", day.prevClose());
    writer.number(",\"change\":", day.change());
    writer.number(",\"changePct\":", day.changePct());
    writer.number(",\"oi\":", day.openInterest());
    writer.number(",\"oiChange\":", day.openInterestChange());
    marks(state.channels().marks);
    writer.time(",\"exchangeTime\":", last.time());
    writer.time(",\"receivedTime\":", state.channels().times.received());
    writer.source();
    return writer.end();
  }

  private void marks(Tick.@Nullable Marks marks) {
    if (marks != null) {
      writer.beginObject(",\"marks\":");
      writer.member("iv", marks.iv());
      writer.member("bidIv", marks.bidIv());
      writer.member("askIv", marks.askIv());
      writer.member("delta", marks.delta());
      writer.member("gamma", marks.gamma());
      writer.member("theta", marks.theta());
      writer.member("vega", marks.vega());
      writer.member("rho", marks.rho());
      writer.member("price", marks.price());
      writer.member("underlying", marks.underlying());
      writer.endObject();
    }
  }

  private byte[] ltpUpdate(InstrumentState state) {
    writer
        .begin(state.channels().ltpHead)
        .number(state.price())
        .ascii(",\"timestamp\":\"")
        .ascii(stamp(PayloadWriter.bestTime(state.channels().times)))
        .ascii("\"");
    return writer.end();
  }

  private String stamp(long time) {
    if (time != stamped) {
      stamped = time;
      stamp = Instant.ofEpochMilli(time).toString();
    }
    return stamp;
  }
}
