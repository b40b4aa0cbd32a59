package dev.tapeline.feed.dhan.rest;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.TickBuffer;
import dev.tapeline.feed.dhan.Dhan;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.market.SharedFiles;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.Tick;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real answers: zeros and empty maps off hours, a dead session, whole option chains. */
class RecordedAnswersTest {

  private static final long NOW = 1_737_794_590_000L;

  private final TickBuffer ticks = new TickBuffer();

  @Test
  void zerosAndEmptyMapsOffHoursAreNoTicks() throws IOException {
    int quotes = 0;
    for (JsonNode recorded : recorded()) {
      if (recorded.path("path").asString().contains("marketfeed")) {
        JsonNode data = assertInstanceOf(DhanAnswer.Success.class, parse(recorded)).data();
        QuoteAnswer.tell(data, NOW, (_, _) -> HDFCBANK, TradingHours.ALWAYS, ticks);
        quotes++;
      }
    }
    assertEquals(5, quotes);
    assertEquals(List.of(), ticks.ticks());
  }

  @Test
  void aDeadSessionIsAFailureOfTheToken() throws IOException {
    DhanAnswer answer = parse(recorded().getLast());
    assertEquals(DhanAnswer.Kind.AUTH, assertInstanceOf(DhanAnswer.Failure.class, answer).kind());
  }

  @Test
  void aDailyBarIsRead() throws IOException {
    JsonNode charts = assertInstanceOf(DhanAnswer.Success.class, parse(recorded().get(5))).data();
    assertEquals(
        List.of(
            new ChartBar(
                1_737_570_600_000L,
                new BigDecimal("1687"),
                new BigDecimal("1687"),
                new BigDecimal("1651.25"),
                new BigDecimal("1664.9"),
                new BigDecimal("17454579"),
                null)),
        ChartBar.read(charts, 0, NOW));
    assertEquals(List.of(), ChartBar.read(charts, 1_737_570_600_001L, NOW), "not asked for");
  }

  @Test
  void threeDaysOfMinutesAreRead() throws IOException {
    JsonNode data = file("dhan/dhan_hdfcbank_1m_20240911_13.json");
    List<ChartBar> bars = ChartBar.read(data, 0, NOW);
    assertEquals(data.path("timestamp").size(), bars.size());
    assertTrue(bars.stream().allMatch(bar -> bar.high().compareTo(bar.low()) >= 0));
  }

  @Test
  void aRealOptionChainGivesTicksOfWhatIsKnown() throws IOException {
    String name = "dhan/dhan_optionchain_nifty_exp20250130_at20250125T084310Z.json";
    ChainKey chain = new ChainKey("NIFTY", LocalDate.of(2025, 1, 30));
    JsonNode answer = file(name);
    JsonNode oc = answer.path("data").path("oc");
    ChainTicks told = new ChainTicks(new AnyLegs(), _ -> false, TradingHours.ALWAYS);
    ChainTicks.Told result = told.tell(chain, answer.path("data"), NOW, ticks);

    assertEquals(
        new Tick.IndexValue(NIFTY, ticks.ticks().getFirst().times(), new BigDecimal("23092.2")),
        ticks.ticks().getFirst());
    assertEquals(0, result.bad());
    assertEquals(0, result.unknown());
    assertEquals(legsWith(oc, "last_price"), count(Tick.LastPrice.class));
    assertEquals(legsWith(oc, "oi"), count(Tick.OpenInterest.class));
    assertTrue(count(Tick.Marks.class) > 100 && count(Tick.Marks.class) < 2L * oc.size());
    assertTrue(
        ticks.ticks().stream()
            .filter(Tick.Marks.class::isInstance)
            .allMatch(tick -> ((Tick.Marks) tick).iv().signum() > 0));
    assertEquals(
        result.fingerprint(), told.tell(chain, answer.path("data"), NOW, ticks).fingerprint());
  }

  private long count(Class<? extends Tick> kind) {
    return ticks.ticks().stream().filter(kind::isInstance).count();
  }

  private static long legsWith(JsonNode oc, String field) {
    return StreamSupport.stream(oc.spliterator(), false)
        .flatMap(row -> List.of(row.path("ce"), row.path("pe")).stream())
        .filter(leg -> leg.path(field).asDouble() > 0)
        .count();
  }

  /** Knows every option. */
  static final class AnyLegs implements ChainLegs {

    @Override
    public Instrument underlying(String symbol) {
      return NIFTY;
    }

    @Override
    public Instrument leg(
        ChainKey chain, BigDecimal strike, Instrument.Right right, String securityId) {
      String symbol = strike.toPlainString() + right;
      return Dhan.option(symbol, securityId == null ? "1" : securityId, strike.toPlainString());
    }
  }

  private static DhanAnswer parse(JsonNode recorded) {
    return AnswerParser.parse(
        recorded.path("status").asInt(),
        recorded.path("body").asString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<JsonNode> recorded() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    file("dhan/dhan_rest_answers.json").forEach(all::add);
    return all;
  }

  private static JsonNode file(String name) throws IOException {
    return AnswerParser.JSON.readTree(Files.readString(SharedFiles.path(name)));
  }
}
