package dev.tapeline.feed.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedRecorder;
import dev.tapeline.feed.binance.BinanceDecoder;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MessageLinesTest {

  private static final String LINES = "crypto/binance_spot_4symbols_20211012.lines";

  @TempDir Path folder;

  private static RecordedLine parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return MessageLine.parse(bytes, bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "1633998512.0633569: {}, 1633998512063356900, 20, 2",
        "1633998512: {}, 1633998512000000000, 12, 2",
        "1633998512.: {}, 1633998512000000000, 13, 2",
        "1633998512.1234567891: x, 1633998512123456789, 23, 1",
        "946684800.5: [ ], 946684800500000000, 13, 3",
      })
  void aTimeInSecondsAndAMessage(String line, long nanos, int offset, int length) {
    assertEquals(new RecordedLine.Frame(nanos, offset, length), parse(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wss://x.y/z?a=b <- 1633998512.06: {}",
        "https://x.y/z -> 1633998512.06: {}",
        "wss://x.y <-> 1633998512",
        "1633998512.0633569",
        "1633998512:{}",
        "1633998512: ",
        "16339985120000: {}",
        "configuration: {}",
        ": {}",
      })
  void otherShapesHoldNoFrame(String line) {
    assertEquals(new RecordedLine.Other(), parse(line));
  }

  @Test
  void aTimeOfAnotherCenturyIsBad() {
    assertTrue(parse("17.5: {}") instanceof RecordedLine.Bad);
    assertEquals(new RecordedLine.Blank(), parse("  "));
  }

  @Test
  void theRealLinesArePlayed() {
    Path file = SharedFiles.path(LINES);
    assertEquals(ReplayFormat.LINES, ReplayFormat.detect(new Recording(file)));
    FeedRecorder recorder = new FeedRecorder();
    try (ReplayFeed feed = feed(file)) {
      feed.start(recorder, recorder);
      recorder.awaitEnd();
    }
    assertEquals(
        150 + 10 + 15 + 2, recorder.ticks().stream().filter(Tick.Depth.class::isInstance).count());
    assertEquals(0, recorder.faults().size());
  }

  private static ReplayFeed feed(Path file) {
    return new ReplayFeed(
        new FramePlayback(
            new Recording(file),
            LineFormat.SECONDS,
            ReplayRange.ALL,
            () -> new BinanceDecoder(Instrument::binance)),
        new ReplayOptions(Pace.MAX, false, false),
        ReplayGate.OPEN,
        InstantSource.system());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1723161254000000000 {}| BINANCE",
        "\\n1723161254000000000 {}\\n| BINANCE",
        "time,symbol,price,quantity\\n| CSV",
        "\"time\",\"symbol\"\\n| CSV",
        "ms_since_midnight_utc,price,qty,exchange,cond,suspicious\\n276,1313.7,1,usa,,0| CSV",
        "wss://x?a,b\\n1633998512.5: {}| LINES",
        "1633998512: {}| LINES",
      })
  void theFormatIsToldByTheContent(String text, ReplayFormat format) throws IOException {
    Path file = Files.writeString(folder.resolve("any"), text.replace("\\n", "\n"));
    assertEquals(format, ReplayFormat.detect(new Recording(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello\nworld\n", "{\"a\":1,\"b\":2}\n", "17 {}\n"})
  void whatIsOfNoFormatSaysHowToNameIt(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("any"), text);
    String message =
        assertThrows(FeedException.class, () -> ReplayFormat.detect(new Recording(file)))
            .getMessage();
    assertTrue(message.endsWith("by --format binance, record, csv or lines"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9", "25:00", "2026-11-29T09:15:00", "today", "2026-11-29"})
  void whatIsNoTimeOfARecordingSaysWhatToWrite(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ReplayTime.parse(text)).getMessage();
    assertTrue(message.endsWith("such as 2026-11-29T09:15:00Z, not '%s'".formatted(text)), message);
  }
}
