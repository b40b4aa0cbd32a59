package dev.tapeline.feed.replay;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.feed.Decoded;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.feed.bus.MarketTickDecoder;
import dev.tapeline.fuzz.Input;
import dev.tapeline.market.Market;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.MarketListener;
import dev.tapeline.market.instrument.Instrument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What vendors send, live or from a recording. */
public final class FeedDecoders {

  private FeedDecoders() {}

  /** Frames of Binance, one after the other, up to the state of the market. */
  public static void frames(Input input) {
    BinanceDecoder decoder = new BinanceDecoder(Instrument::binance);
    Market market = Market.of(new Unheard());
    for (String part : input.parts()) {
      byte[] frame = part.getBytes(StandardCharsets.UTF_8);
      take(decoder.decode(frame, 0, frame.length, 1, market));
    }
  }

  /** Market ticks that other processes publish, one after the other. */
  public static void marketTicks(Input input) {
    Instrument instrument = Instrument.binance("X");
    MarketTickDecoder decoder = new MarketTickDecoder((_, _, _) -> instrument);
    Market market = Market.of(new Unheard());
    for (String part : input.parts()) {
      take(decoder.decode("X", part.getBytes(StandardCharsets.UTF_8), 1, market));
    }
  }

  private static void take(Decoded decoded) {
    switch (decoded) {
      case Decoded.Bad(String reason) -> check(!reason.isEmpty(), "bad without a reason");
      case Decoded.Read _, Decoded.Ignored _ -> {}
    }
  }

  /** Takes what a market tells. */
  private record Unheard() implements MarketListener {

    @Override
    public void onEvent(MarketEvent event) {
      check(event.instrument() != null, "an event of no instrument");
    }

    @Override
    public void onFrameEnd() {}

    @Override
    public void onBatchEnd() {}
  }

  /** The lines of a recording. */
  public static void recording(Input input) throws IOException {
    BinanceDecoder decoder = new BinanceDecoder(Instrument::binance);
    Market market = Market.of(new Unheard());
    try (LineReader lines = new LineReader(new ByteArrayInputStream(input.bytes()))) {
      while (lines.next()) {
        if (RecordedLine.parse(lines.buffer(), lines.length())
            instanceof RecordedLine.Frame(long nanos, int offset, int length)) {
          take(decoder.decode(lines.buffer(), offset, length, nanos / 1_000_000, market));
        }
      }
    }
  }

  /** The lines of a CSV file: each is refused, or has a time that can be played. */
  public static void csv(Input input) {
    CsvColumns columns = CsvColumns.of(List.of("time", "symbol", "price", "quantity", "side"));
    input.text().lines().forEach(line -> csv(line, columns));
  }

  private static void csv(String line, CsvColumns columns) {
    try {
      CsvTrade trade = CsvTrade.parse(CsvLine.split(line), columns);
      check(trade.nanos() >= RecordedLine.MIN_NANOS, "too early: %s", trade);
      check(trade.nanos() <= RecordedLine.MAX_NANOS, "too late: %s", trade);
    } catch (IllegalArgumentException e) {
      check(e.getMessage() != null, "refused without a reason");
    }
  }

  /** Lines of messages: a frame lies in its line. */
  public static void messageLines(Input input) {
    for (String line : input.text().split("\n", -1)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      if (MessageLine.parse(bytes, bytes.length)
          instanceof RecordedLine.Frame(long nanos, int offset, int length)) {
        check(length > 0 && offset + length <= bytes.length, "beyond its line: %s", line);
        check(nanos >= RecordedLine.MIN_NANOS, "too early: %d", nanos);
      }
    }
  }
}
