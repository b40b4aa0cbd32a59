package dev.tapeline.feed.record;

import static dev.tapeline.feed.record.Recordings.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.feed.Detail;
import dev.tapeline.feed.Watchlist;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.feed.vendor.SocketEnd;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** All kinds of arrivals are read as they were recorded. */
class RecordingRoundTripTest {

  @Property(tries = 40)
  void whatIsRecordedIsReadAgain(@ForAll("arrivals") List<Arrival> arrivals) throws IOException {
    Path fresh = Files.createTempDirectory("recording");
    RecorderOptions options = new RecorderOptions(fresh, "any", 300, 100_000, 1 << 20);
    try (ArrivalRecorder recorder = ArrivalRecorder.start(Recordings.HEADER, options)) {
      arrivals.forEach(recorder::onArrival);
    }
    List<Path> files = PartName.list(fresh, "any");
    ReadEntries read = files.isEmpty() ? new ReadEntries() : ReadEntries.all(files.getFirst());
    assertEquals(arrivals, read.arrivals());
    assertEquals(arrivals.size(), read.entries.size());
    assertEquals(List.of(), read.damage);
    delete(fresh);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Provide
  Arbitrary<List<Arrival>> arrivals() {
    Arbitrary<Long> times = Arbitraries.longs().between(T0 - 90_000_000L, T0 + 90_000_000L);
    Arbitrary<String> names = Arbitraries.of("a", "ticks-0", "chain NIFTY:2026-11-26", "é✓");
    Arbitrary<byte[]> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(600);
    Arbitrary<String> reasons = Arbitraries.strings().alpha().ofMaxLength(20);
    Arbitrary<Integer> codes = Arbitraries.integers();
    Arbitrary<SocketEnd> ends =
        Arbitraries.oneOf(
            Combinators.combine(codes, reasons).as(SocketEnd.Closed::new),
            Combinators.combine(codes, reasons).as(SocketEnd.Refused::new),
            reasons.map(SocketEnd.Broken::new));
    Arbitrary<Arrival> any =
        Arbitraries.oneOf(
            Combinators.combine(watchlists(), times).as(Arrival.Watch::new),
            times.map(Arrival.Time::new),
            Combinators.combine(names, times).as(Arrival.Opened::new),
            Combinators.combine(names, Arbitraries.of(true, false), bodies, times)
                .as(Arrival.Frame::new),
            Combinators.combine(names, times).as(Arrival.Pinged::new),
            Combinators.combine(names, ends, times).as(Arrival.Ended::new),
            Combinators.combine(names, codes, bodies, times).as(Arrival.Answer::new),
            Combinators.combine(names, reasons, times).as(Arrival.Unanswered::new));
    return any.list().ofMaxSize(60);
  }

  private static Arbitrary<Watchlist> watchlists() {
    Arbitrary<Instrument> instruments = Arbitraries.of(instruments());
    Arbitrary<Detail> details = Arbitraries.of(Detail.class);
    Arbitrary<ChainKey> chains =
        Arbitraries.of(
            new ChainKey("NIFTY", LocalDate.of(2026, 11, 26)),
            new ChainKey("BANKNIFTY", LocalDate.of(2026, 12, 31)));
    return Combinators.combine(
            Arbitraries.maps(instruments, details).ofMaxSize(5),
            chains.set().ofMaxSize(2),
            instruments.set().ofMaxSize(3),
            instruments.set().ofMaxSize(3),
            instruments.set().ofMaxSize(3))
        .as(Watchlist::new);
  }

  private static List<Instrument> instruments() {
    Reference reference =
        new Reference("NIFTY-F", "NSE_FNO", "51", "Nifty \"F\" é", new BigDecimal("0.05"));
    LocalDate expiry = LocalDate.of(2026, 11, 26);
    BigDecimal lot = new BigDecimal("65");
    Reference option =
        new Reference("NIFTY-24000-CE", "NSE_FNO", "52", "call", new BigDecimal("0.05"));
    return List.of(
        Instrument.binance("BTCUSDT"),
        new Instrument.Index(new Reference("NIFTY", "IDX_I", "13", "Nifty 50", BigDecimal.ZERO)),
        new Instrument.Share(new Reference("TCS", "NSE_EQ", "11536", "TCS", BigDecimal.ONE)),
        new Instrument.Future(reference, "NIFTY", expiry, lot),
        new Instrument.Option(
            option, "NIFTY", expiry, new BigDecimal("24000"), Instrument.Right.CALL, lot));
  }
}
