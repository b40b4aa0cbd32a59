package dev.tapeline.plant.instruments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.core.Cache;
import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.feed.instruments.InstrumentJson;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instruments;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.plant.channels.Keys;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentSharingTest {

  private static final LocalDate EXPIRY = LocalDate.of(2026, 12, 31);
  private static final Reference CALL =
      new Reference("NIFTY24000CE", "NSE_FNO", "1", "Nifty 24000 call", new BigDecimal("0.05"));
  private static final List<Instrument> ALL_KINDS =
      List.of(
          new Instrument.Index(new Reference("A", "IDX_I", "1", "An \"index\"", BigDecimal.ZERO)),
          new Instrument.Share(new Reference("B", "NSE_EQ", "2", "B & Co", BigDecimal.ONE)),
          Instrument.binance("BTCUSDT"),
          new Instrument.Future(
              new Reference("F", "NSE_FNO", "3", "F", BigDecimal.ONE),
              "A",
              EXPIRY,
              new BigDecimal("75")),
          new Instrument.Option(
              CALL,
              "A",
              EXPIRY,
              new BigDecimal("24000.50"),
              Instrument.Right.PUT,
              new BigDecimal("75")));

  private final EmbeddedCache cache = new EmbeddedCache(1000, () -> 0);
  private final Instruments here = new Instruments(10_000, "bus");
  private final Instruments there = new Instruments(10_000, "bus");
  private final InstrumentSharing runs = sharing(here, Set.of("dhan"), 1);
  private final InstrumentSharing looks = sharing(there, Set.of(), 2);

  private InstrumentSharing sharing(Instruments instruments, Set<String> held, long start) {
    return new InstrumentSharing(cache, instruments, () -> held, () -> Set.of("dhan"), start);
  }

  @Test
  void eachKindComesAsItWas() {
    ALL_KINDS.forEach(each -> here.add("dhan", each));
    runs.share();
    looks.share();
    assertEquals(here.of("dhan"), there.of("dhan"));
    assertEquals(5, there.size());
  }

  @Test
  void manyComeInParts() {
    for (int i = 0; i < 2 * InstrumentSharing.PART + 1; i++) {
      here.add("dhan", Instrument.binance("S" + i));
    }
    runs.share();
    looks.share();
    assertEquals(here.of("dhan"), there.of("dhan"));
  }

  @Test
  void whatIsAddedLaterFollows() {
    here.add("dhan", Instrument.binance("A"));
    runs.share();
    looks.share();
    here.add("dhan", Instrument.binance("B"));
    runs.share();
    looks.share();
    assertEquals(2, there.size());
    assertEquals(Optional.of("dhan"), there.sourceOf("B"));
  }

  @Test
  void aListThatIsGoneIsWrittenAgain() {
    AtomicLong time = new AtomicLong();
    EmbeddedCache forgetful = new EmbeddedCache(1000, time::get);
    InstrumentSharing writer =
        new InstrumentSharing(forgetful, here, () -> Set.of("dhan"), Set::of, 1);
    here.add("dhan", Instrument.binance("A"));
    writer.share();
    time.set(Duration.ofMinutes(11).toMillis());
    assertEquals(Map.of(), version(forgetful));
    writer.share();
    assertEquals(1, version(forgetful).size());
  }

  private static Map<String, String> version(Cache cache) {
    return cache.getAll(List.of(Keys.instruments("dhan"))).toCompletableFuture().join();
  }

  @Test
  void aListWithoutAPartIsReadLater() {
    here.add("dhan", Instrument.binance("A"));
    put(Keys.instruments("dhan"), "1-9 2");
    put(Keys.instruments("dhan", 0), "[]");
    looks.share();
    assertEquals(0, there.size());
    runs.share();
    looks.share();
    assertEquals(1, there.size());
  }

  @Test
  void anInstrumentThatClashesIsLeftOut() {
    there.add("replay", Instrument.binance("A"));
    here.add("dhan", Instrument.binance("A"));
    here.add("dhan", Instrument.binance("B"));
    runs.share();
    looks.share();
    assertEquals(Optional.of("replay"), there.sourceOf("A"));
    assertEquals(Optional.of("dhan"), there.sourceOf("B"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[{}]", "[{\"type\":\"future\",\"symbol\":\"A\"}]"})
  void whatIsNoListIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new InstrumentJson().read(text));
  }

  private void put(String key, String value) {
    cache.write(List.of(new Cache.Write.Put(key, value, Duration.ofMinutes(1))));
  }
}
