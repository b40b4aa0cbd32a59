package dev.tapeline.feed.deribit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.feed.deribit.DeribitInstruments.Listing;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of instruments, and names. */
class DeribitInstrumentsTest {

  @Test
  void eachKindOfInstrumentIsRead() {
    DeribitInstruments read =
        parse(
            """
            {"kind":"option","instrument_name":"SOL_USDC-5JUN26-1d25-P","option_type":"put",\
            "strike":1.250,"expiration_timestamp":1780646400000,"tick_size":0.0010,\
            "tick_size_steps":[{"above_price":5.0,"tick_size":0.05},\
            {"above_price":1.0,"tick_size":0.01}],"contract_size":10.0,"price_index":"sol_usdc",\
            "settlement_period":"week","state":"open"}\
            """,
            """
            {"kind":"future","instrument_name":"BTC-25DEC26","expiration_timestamp":1798185600000,\
            "tick_size":2.5,"contract_size":10.0,"settlement_period":"month"}\
            """,
            """
            {"kind":"future","instrument_name":"BTC-PERPETUAL","price_index":"btc_usd",\
            "expiration_timestamp":32503708800000,"tick_size":0.5,"contract_size":10.0,\
            "settlement_period":"perpetual"}\
            """,
            """
            {"kind":"spot","instrument_name":"BTC_USDC","price_index":"btc_usdc","tick_size":1e-05}\
            """);
    assertEquals(0, read.skipped());
    assertEquals(
        List.of(
            new Instrument.Option(
                DeribitNames.reference(
                    "SOL_USDC-5JUN26-1d25-P", "SOL_USDC 5JUN26 1.25 put", new BigDecimal("0.001")),
                "SOL_USDC",
                LocalDate.of(2026, 6, 5),
                new BigDecimal("1.25"),
                Right.PUT,
                BigDecimal.TEN),
            new Instrument.Future(
                DeribitNames.reference("BTC-25DEC26", "BTC 25DEC26 future", new BigDecimal("2.5")),
                "BTC_USD",
                LocalDate.of(2026, 12, 25),
                BigDecimal.TEN),
            new Instrument.Pair(
                DeribitNames.reference("BTC-PERPETUAL", "BTC perpetual", new BigDecimal("0.5"))),
            DeribitNames.spot("BTC_USDC", new BigDecimal("0.00001"))),
        read.listings().stream().map(Listing::instrument).toList());
    Listing option = read.listings().getFirst();
    assertEquals(
        List.of("0.001", "0.01", "0.05"),
        List.of("1", "1.5", "6").stream()
            .map(price -> option.tickSize(new BigDecimal(price)).toPlainString())
            .toList());
    assertEquals(1780646400000L, option.expires());
    assertNull(read.listings().get(2).expires());
    assertEquals("BTC_USDC.SPOT", read.listings().getLast().instrument().symbol());
  }

  @Test
  void combinationsAndExpiredOnesAreLeftOutAndBadOnesCounted() {
    DeribitInstruments read =
        parse(
            "{\"kind\":\"option_combo\",\"instrument_name\":\"BTC-CS-5JUN26-1_2\"}",
            "{\"kind\":\"option\",\"instrument_name\":\"BTC-5JUN26-1-C\",\"state\":\"closed\"}",
            "{\"kind\":\"option\",\"instrument_name\":\"BTC-5JUN26-1-C\",\"tick_size\":1}",
            "{\"kind\":\"warrant\",\"instrument_name\":\"W\",\"tick_size\":1,"
                + "\"expiration_timestamp\":1}",
            "7");
    assertEquals(new DeribitInstruments(List.of(), 3), read);
  }

  private static DeribitInstruments parse(String... rows) {
    String body = "{\"jsonrpc\":\"2.0\",\"result\":[%s]}".formatted(String.join(",", rows));
    return DeribitInstruments.parse(DeribitTalk.bytes(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"result\":{}}", "<html></html>", "{\"result\":["})
  void whatIsNoListIsRefused(String body) {
    assertThrows(
        IllegalArgumentException.class, () -> DeribitInstruments.parse(DeribitTalk.bytes(body)));
  }

  @Test
  void aNameTellsWhatItIs() {
    assertEquals(
        new Instrument.Option(
            DeribitNames.reference(
                "XRP_USDC-5JUN26-0d625-C", "XRP_USDC 5JUN26 0.625 call", BigDecimal.ZERO),
            "XRP_USDC",
            LocalDate.of(2026, 6, 5),
            new BigDecimal("0.625"),
            Right.CALL,
            BigDecimal.ONE),
        DeribitInstruments.named("XRP_USDC-5JUN26-0d625-C"));
    assertEquals(
        List.of("future ETH-26MAR27", "pair ETH_USDC-PERPETUAL", "pair ETH_USDC.SPOT"),
        List.of("ETH-26MAR27", "ETH_USDC-PERPETUAL", "ETH_USDC").stream()
            .map(DeribitInstruments::named)
            .map(instrument -> instrument.type() + " " + instrument.symbol())
            .toList());
    assertEquals(
        List.of("BTC_USD", "SOL_USDC", "DVOL-BTC"),
        List.of("btc_usd", "sol_usdc", "DVOL.btc_usd").stream()
            .map(DeribitInstruments::named)
            .map(Instrument::symbol)
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "BTC",
        "BTC-31FEB26-1-C",
        "BTC-1XXX26-1-C",
        "BTC-25DEC26-0-C",
        "BTC-25DEC26-1-X",
        "btc_usd-25DEC26",
        "BTC-25DEC26-1.5-C",
        "DVOL.",
        "BTC_USD_X"
      })
  void whatIsNoNameIsRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> DeribitInstruments.named(name));
  }

  @Test
  void theWholeListsOfADayAreRead() {
    List<DeribitInstruments> lists = lists();
    assertEquals(List.of(0, 0, 0, 0), lists.stream().map(DeribitInstruments::skipped).toList());
    List<Instrument> all =
        lists.stream().flatMap(list -> list.listings().stream()).map(Listing::instrument).toList();
    assertEquals(1017, all.size());
    assertEquals(1017, all.stream().map(Instrument::key).distinct().count());
    TreeMap<String, Long> types =
        all.stream()
            .collect(Collectors.groupingBy(Instrument::type, TreeMap::new, Collectors.counting()));
    assertEquals("{future=18, option=980, pair=19}", types.toString());
  }

  @Test
  void theListsOfADayGroupIntoChains() {
    TreeMap<String, Integer> chains = new TreeMap<>();
    for (DeribitInstruments list : lists()) {
      for (Listing listing : list.listings()) {
        if (listing.instrument() instanceof Instrument.Option option) {
          ChainKey key = new ChainKey(option.underlying(), option.expiry());
          chains.merge(key.toString(), 1, Integer::sum);
        }
      }
    }
    assertEquals(26, chains.size(), chains::toString);
    assertEquals(980, chains.values().stream().mapToInt(Integer::intValue).sum());
    assertEquals(36, chains.get("BTC_USD:2021-07-23"));
  }

  /** What a list says of an option is what its name says. */
  @Test
  void listsAndNamesAgree() {
    int options = 0;
    for (DeribitInstruments list : lists()) {
      for (Listing listing : list.listings()) {
        Instrument named = DeribitInstruments.named(listing.instrument().securityId());
        assertEquals(listing.instrument().name(), named.name());
        assertEquals(listing.instrument().type(), named.type());
        if (listing.instrument() instanceof Instrument.Option option) {
          Instrument.Option other = (Instrument.Option) named;
          assertEquals(option.strike(), other.strike());
          assertEquals(option.expiry(), other.expiry());
          assertEquals(option.underlying(), other.underlying());
          assertEquals(option.right(), other.right());
          options++;
        }
      }
    }
    assertEquals(980, options);
  }

  private static List<DeribitInstruments> lists() {
    List<DeribitInstruments> lists = new ArrayList<>();
    for (String line : lines()) {
      int json = line.indexOf(": {");
      if (line.startsWith("https:") && json > 0) {
        lists.add(DeribitInstruments.parse(DeribitTalk.bytes(line.substring(json + 2))));
      }
    }
    return lists;
  }

  private static List<String> lines() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SharedFiles.path(SharedFiles.DERIBIT))),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
