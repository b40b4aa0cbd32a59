package dev.tapeline.feed.replay;

import dev.tapeline.feed.FeedException;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trades in CSV files: one file, plain or compressed by gzip, or all files of a zip in the order of
 * their names. Each begins with a header. They are played in the order in which they stand, and
 * their days are those of UTC.
 */
public final class CsvPlayback implements Playback {

  /** The segment of all instruments of CSV files. */
  public static final String SEGMENT = "CSV";

  private static final Logger log = LoggerFactory.getLogger(CsvPlayback.class);

  private final Recording recording;
  private final ReplayRange range;
  private final Function<String, Instrument> instruments;

  /**
   * @param instruments finds or makes the instrument of a symbol; an {@link
   *     IllegalArgumentException} from it makes the line bad
   */
  public CsvPlayback(
      Recording recording, ReplayRange range, Function<String, Instrument> instruments) {
    this.recording = recording;
    this.range = range;
    this.instruments = instruments;
  }

  /** The instrument of a symbol in a CSV file: a share, as the file does not say what it is. */
  public static Instrument instrument(String symbol) {
    return new Instrument.Share(new Reference(symbol, SEGMENT, symbol, symbol, BigDecimal.ZERO));
  }

  @Override
  public Path path() {
    return recording.path();
  }

  @Override
  public void play(PlaybackSink sink) throws IOException, InterruptedException {
    Pass pass = new Pass(sink);
    if (recording.isZip()) {
      playZip(pass);
    } else {
      try (LineReader lines = recording.open()) {
        pass.file("", lines);
      }
    }
    pass.end();
  }

  private void playZip(Pass pass) throws IOException, InterruptedException {
    try (ZipFile zip = new ZipFile(recording.path().toFile())) {
      List<? extends ZipEntry> files =
          zip.stream()
              .filter(each -> !each.isDirectory())
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      for (ZipEntry each : files) {
        try (LineReader lines = new LineReader(zip.getInputStream(each))) {
          pass.file(each.getName() + ": ", lines);
        }
      }
    } catch (ZipException e) {
      throw new FeedException(
          "the recording %s can't be read: %s".formatted(path(), e.getMessage()), e);
    }
  }

  /** One pass through all files. */
  private final class Pass {

    private final PlaybackSink sink;
    private final LineFilter filter = new LineFilter(range);
    private final Map<String, Instrument> known = new HashMap<>(); // as many as the registry takes
    private String file = "";
    private @Nullable CsvColumns columns;
    private boolean kept;
    private long last = Long.MIN_VALUE;
    private long backwards;

    Pass(PlaybackSink sink) {
      this.sink = sink;
    }

    void file(String prefix, LineReader lines) throws InterruptedException {
      file = prefix;
      columns = null;
      boolean more = true;
      while (more && sink.goesOn() && next(lines)) {
        more = line(lines);
      }
    }

    private boolean next(LineReader lines) {
      try {
        return lines.next();
      } catch (IOException e) {
        if (sink.goesOn()) { // closing the replay interrupts its reading
          bad(lines, "the file breaks off: " + e.getMessage());
        }
        return false;
      }
    }

    private void bad(LineReader lines, String reason) {
      sink.onBadLine(lines.number(), file + reason);
    }

    /** Takes a line; false if no other line of the file can be read. */
    private boolean line(LineReader lines) throws InterruptedException {
      String text = new String(lines.buffer(), 0, lines.length(), StandardCharsets.UTF_8);
      if (lines.isTooLong()) {
        bad(lines, "over %d bytes".formatted(LineReader.MAX_LINE));
        return true;
      }
      if (text.isBlank()) {
        return true;
      }
      CsvTrade trade;
      try {
        trade = read(CsvLine.split(withoutMark(text.stripTrailing())));
      } catch (IllegalArgumentException e) {
        bad(lines, String.valueOf(e.getMessage()));
        return columns != null;
      }
      if (trade != null && filter.keep(trade.nanos())) {
        kept = true;
        play(lines, trade);
      }
      return true;
    }

    /** The trade of a line; null if it was the header. */
    private @Nullable CsvTrade read(List<String> fields) {
      CsvColumns header = columns;
      if (header == null) {
        columns = CsvColumns.of(fields);
        return null;
      }
      return CsvTrade.parse(fields, header);
    }

    private void play(LineReader lines, CsvTrade trade) throws InterruptedException {
      Tick tick;
      try {
        tick = tick(trade);
      } catch (IllegalArgumentException e) {
        bad(lines, String.valueOf(e.getMessage()));
        return;
      }
      count(trade.nanos());
      sink.onFrame(lines.number(), trade.nanos(), List.of(tick));
    }

    private void count(long nanos) {
      backwards += nanos < last ? 1 : 0;
      last = nanos;
    }

    private Tick tick(CsvTrade trade) {
      long millis = trade.nanos() / 1_000_000;
      return new Tick.Trade(
          known.computeIfAbsent(trade.symbol(), instruments),
          new Times(millis, millis),
          Tick.NO_ID,
          trade.price(),
          trade.quantity(),
          trade.side(),
          null);
    }

    void end() {
      filter.tellIfEmpty(kept, sink);
      if (backwards > 0 && sink.goesOn()) {
        log.info("{}: {} trades are earlier than the one before them", path(), backwards);
      }
    }
  }

  /** The text without the mark of byte order that some programs begin a file with. */
  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
