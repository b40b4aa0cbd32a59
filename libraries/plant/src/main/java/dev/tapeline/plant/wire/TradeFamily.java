package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.tick.Side;
import dev.tapeline.market.tick.Tick;

/**
 * {@code trade@{SYMBOL}}: each trade, as {@code {"stream":…,"data":…}} with decimals as strings
 * that have all the zeros that the exchange sent. Where the vendor's own JSON is known, that is
 * {@code data}, byte for byte; else the id {@code t} and {@code m}, whether the buyer was the
 * maker, are there if the vendor sends them.
 */
final class TradeFamily implements ChannelFamily {

  private final PayloadWriter writer;

  TradeFamily(PayloadWriter writer) {
    this.writer = writer;
  }

  @Override
  public void onEvent(MarketEvent event, InstrumentChannels channels, Batch out) {
    if (event instanceof MarketEvent.Traded(Tick.Trade trade, _)) {
      out.publish(channels.tradeChannel, payload(channels, trade), trade.times());
    }
  }

  private byte[] payload(InstrumentChannels channels, Tick.Trade trade) {
    if (trade.raw() != null) {
      return writer.envelope(channels.tradeHead, trade.raw().bytes());
    }
    JsonBytes out = writer.begin(channels.tradeHead).ascii("{\"e\":\"trade\"");
    if (trade.hasId()) {
      out.ascii(",\"t\":").number(trade.id());
    }
    if (trade.aggressor() != null) {
      out.ascii(trade.aggressor() == Side.SELL ? ",\"m\":true" : ",\"m\":false");
    }
    out.ascii(",\"p\":").quoted(trade.price());
    writer.quoted(",\"q\":", trade.quantity());
    out.ascii(",\"s\":\"").ascii(channels.symbol).ascii("\"");
    writer.time(",\"T\":", trade.times().exchange());
    return writer.endEnvelope();
  }
}
