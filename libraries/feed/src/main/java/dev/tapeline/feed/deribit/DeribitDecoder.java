package dev.tapeline.feed.deribit;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Decodes the notifications of Deribit's socket, each by itself: nothing of one is needed for the
 * next, so that any part of a recording can be read.
 *
 * <table>
 * <caption>What becomes of what</caption>
 * <tr><th>channel</th><th>ticks</th></tr>
 * <tr><td>{@code ticker.…}</td><td>{@link Tick.LastPrice}, {@link Tick.Quote}, {@link
 *     Tick.DayStats}, {@link Tick.OpenInterest}, of options {@link Tick.Marks}</td></tr>
 * <tr><td>{@code trades.…}</td><td>{@link Tick.Trade}</td></tr>
 * <tr><td>{@code book.…}, without groups</td><td>{@link Tick.Depth}</td></tr>
 * <tr><td>{@code deribit_price_index.…}, {@code deribit_volatility_index.…}</td><td>{@link
 *     Tick.IndexValue}</td></tr>
 * <tr><td>{@code markprice.options.…}</td><td>{@link Tick.Marks}</td></tr>
 * </table>
 *
 * <p>Answers, heartbeats and other channels are ignored. Has no state; owned by the thread of its
 * feed all the same, as its listener is.
 */
public final class DeribitDecoder implements FrameDecoder {

  private static final int MAX_REASON = 200;

  private final Function<String, Instrument> instruments;

  /**
   * @param instruments finds or makes the instrument of a name of Deribit, such as {@link
   *     DeribitInstruments#named}; an {@link IllegalArgumentException} from it makes the frame bad
   */
  public DeribitDecoder(Function<String, Instrument> instruments) {
    this.instruments = instruments;
  }

  @Override
  public Decoded decode(byte[] buffer, int offset, int length, long received, TickListener out) {
    List<Tick> ticks = new ArrayList<>();
    String event = "";
    try {
      if (DeribitMessage.read(buffer, offset, length)
          instanceof DeribitMessage.Push(String channel, JsonNode data)) {
        DeribitStream stream = DeribitStream.parse(channel);
        if (stream != null) {
          read(stream, data, received, ticks);
          event = channel.substring(0, channel.indexOf('.'));
        }
      }
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      return new Decoded.Bad(
          reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason);
    }
    if (ticks.isEmpty()) {
      return Decoded.IGNORED;
    }
    ticks.forEach(out::onTick);
    out.onFrameEnd();
    return new Decoded.Read(event);
  }

  private void read(DeribitStream stream, JsonNode data, long received, List<Tick> ticks) {
    switch (stream) {
      case DeribitStream.Ticker(String name) ->
          DeribitTicks.ticker(data, instruments.apply(name), received).forEach(ticks::add);
      case DeribitStream.Trades _ -> {
        for (JsonNode row : DeribitTicks.rows(data)) {
          Instrument instrument = instruments.apply(DeribitTicks.name(row));
          ticks.add(DeribitTicks.trade(row, instrument, received));
        }
      }
      case DeribitStream.Changes(String name) ->
          ticks.add(DeribitTicks.book(data, instruments.apply(name), received));
      case DeribitStream.Value(String id) ->
          ticks.add(DeribitTicks.value(data, instruments.apply(id), received));
      case DeribitStream.MarkPrices _ -> {
        for (JsonNode row : DeribitTicks.rows(data)) {
          Instrument instrument = instruments.apply(DeribitTicks.name(row));
          ticks.add(DeribitTicks.markPrice(row, instrument, received));
        }
      }
      case DeribitStream.Listings _ -> {}
    }
  }
}
