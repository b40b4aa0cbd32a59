package dev.tapeline.plant.wire;

import dev.tapeline.market.event.DayFigures;
import dev.tapeline.market.event.LastValues;

/**
 * {@code ticker@{SYMBOL}}: last price, best quote and figures of the day of what is traded, as
 * {@code {"stream":…,"data":…}} with decimals as strings.
 */
final class TickerFamily implements ChannelFamily {

  private final PayloadWriter writer;

  TickerFamily(PayloadWriter writer) {
    this.writer = writer;
  }

  @Override
  public void onState(InstrumentState state, Batch out) {
    InstrumentChannels channels = state.channels();
    if (!channels.isIndex) {
      out.publish(channels.tickerChannel, payload(state), channels.times);
    }
  }

  private byte[] payload(InstrumentState state) {
    LastValues last = state.last();
    DayFigures day = state.day();
    writer.begin(state.channels().tickerHead).quoted(state.price());
    writer.quoted(",\"b\":", last.bid());
    writer.quoted(",\"a\":", last.ask());
    writer.quoted(",\"o\":", day.open());
    writer.quoted(",\"h\":", day.high());
    writer.quoted(",\"l\":", day.low());
    writer.quoted(",\"v\":", day.volume());
    return writer.endEnvelope();
  }
}
