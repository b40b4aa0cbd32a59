package dev.tapeline.feed.binance;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.FrameDecoder;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.TickListener;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Decodes the frames of Binance spot, bare or in the envelope of combined streams, and the simpler
 * form that the {@code trade@MARKET} family of exchanges uses.
 *
 * <table>
 * <caption>What becomes of what</caption>
 * <tr><th>frame</th><th>told by</th><th>tick</th></tr>
 * <tr><td>{@code @trade}</td><td>{@code "e":"trade"}</td><td>{@link Tick.Trade}</td></tr>
 * <tr><td>{@code @bookTicker}</td><td>{@code u b B a A}</td><td>{@link Tick.Quote}</td></tr>
 * <tr><td>{@code @depth}</td><td>{@code "e":"depthUpdate"} or {@code "e":"depth"}, whole if {@code
 *     "snapshot":true}</td><td>{@link Tick.Depth}</td></tr>
 * <tr><td>answer of REST {@code /depth}</td><td>{@code lastUpdateId}</td><td>{@link Tick.Depth},
 *     whole</td></tr>
 * </table>
 *
 * <p>A REST answer doesn't name its symbol: it is taken for the only one seen so far, and is bad if
 * there is none or several. Not thread-safe.
 */
public final class BinanceDecoder implements FrameDecoder {

  private static final int MAX_REASON = 200;
  private static final Decoded UNNAMED = new Decoded.Read("");

  private final Function<String, Instrument> instruments;
  private final BinanceFrame frame = new BinanceFrame();
  private @Nullable String onlySymbol;
  private boolean manySymbols;

  /**
   * @param instruments finds or makes the instrument of a symbol; an {@link
   *     IllegalArgumentException} from it makes the frame bad
   */
  public BinanceDecoder(Function<String, Instrument> instruments) {
    this.instruments = instruments;
  }

  @Override
  public Decoded decode(byte[] buffer, int offset, int length, long received, TickListener out) {
    Tick tick;
    try {
      BinanceFrameReader.read(buffer, offset, length, frame);
      tick = tick(buffer, offset, received);
    } catch (JacksonException e) {
      return bad("not valid JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return bad(e.getMessage());
    }
    if (tick == null) {
      return Decoded.IGNORED;
    }
    out.onTick(tick); // outside of the try: what it throws is no fault of the frame
    out.onFrameEnd();
    return frame.event == null ? UNNAMED : new Decoded.Read(frame.event);
  }

  private static Decoded bad(@Nullable String reason) {
    String text = String.valueOf(reason);
    return new Decoded.Bad(text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text);
  }

  private @Nullable Tick tick(byte[] buffer, int offset, long received) {
    String event = frame.event;
    if (event == null) {
      return unnamed(received);
    }
    return switch (event) {
      case "trade" -> BinanceTicks.trade(frame, instrument(), received, frame.raw(buffer, offset));
      case "depthUpdate", "depth" ->
          BinanceTicks.change(frame, instrument(), received, frame.raw(buffer, offset));
      case "bookTicker" -> BinanceTicks.quote(frame, instrument(), received);
      default -> null;
    };
  }

  private @Nullable Tick unnamed(long received) {
    if (frame.lastUpdateId != BinanceFrame.ABSENT) {
      return BinanceTicks.snapshot(frame, instrument(), received);
    }
    boolean quote = frame.lastId != BinanceFrame.ABSENT && frame.bidPrice != null;
    return quote ? BinanceTicks.quote(frame, instrument(), received) : null;
  }

  private Instrument instrument() {
    String symbol = symbol();
    if (onlySymbol == null) {
      onlySymbol = symbol;
    } else if (!onlySymbol.equals(symbol)) {
      manySymbols = true;
    }
    return instruments.apply(symbol);
  }

  private String symbol() {
    if (frame.symbol != null) {
      return frame.symbol;
    } else if (frame.stream != null) {
      return BinanceStreams.symbolOf(frame.stream);
    } else if (onlySymbol != null && !manySymbols) {
      return onlySymbol;
    }
    throw new IllegalArgumentException("the frame does not name its symbol");
  }
}
