package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import dev.tapeline.simulate.control.SimulatorOptions;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import dev.tapeline.simulate.market.ScriptedSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** PyPI's {@code dhanhq}, Dhan's own client, takes the simulator for Dhan. */
@ExtendWith(WithPython.class)
@Timeout(240)
class SimulatedDhanTest {

  /** 10:00 in India. */
  private static final long NOW = Instant.parse("2025-07-25T04:30:00Z").toEpochMilli();

  private static final Times TIMES = new Times(NOW, NOW);
  private static final Instrument SHARE =
      new Instrument.Share(reference("HDFCBANK", "NSE_EQ", "1333"));
  private static final Instrument INDEX = new Instrument.Index(reference("NIFTY", "IDX_I", "13"));

  private final ScriptedSource market = new ScriptedSource(List.of(INDEX, SHARE));
  private DhanSimulator simulator;
  private NodeClient client;

  private static Reference reference(String symbol, String segment, String id) {
    return new Reference(symbol, segment, id, symbol, new BigDecimal("0.05"));
  }

  @BeforeEach
  void start() {
    simulator =
        DhanSimulator.start(
            DhanOptions.of(
                SimulatorOptions.usual()
                    .with(market, InstantSource.fixed(Instant.ofEpochMilli(NOW)))));
    market.tell(
        new Tick.SessionStart(INDEX, TIMES, new BigDecimal("24300")),
        new Tick.IndexValue(INDEX, TIMES, new BigDecimal("24321.50")),
        new Tick.SessionStart(SHARE, TIMES, new BigDecimal("1650")),
        new Tick.Depth(
            SHARE,
            TIMES,
            true,
            1,
            1,
            List.of(Level.of("1642.30", "250")),
            List.of(Level.of("1642.40", "75")),
            null),
        new Tick.Trade(
            SHARE, TIMES, 1, new BigDecimal("1642.35"), new BigDecimal("25"), null, null));
    client = PythonPackages.start("dhan_sdk", "ws://127.0.0.1:" + simulator.port());
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void readsAllPacketsOfTheFeed() {
    client.send("feed", "");
    client.await("open");
    List<JsonNode> packets =
        IntStream.range(0, 5).mapToObj(_ -> client.await("feed").path("data")).toList();
    assertEquals(
        Set.of("Ticker Data", "Quote Data", "Full Data", "Previous Close"),
        packets.stream().map(one -> one.path("type").asString()).collect(Collectors.toSet()));
    JsonNode full = of(packets, "Full Data").findFirst().orElseThrow();
    assertEquals("1642.35", full.path("LTP").asString());
    assertEquals("10:00:00", full.path("LTT").asString());
    assertEquals("1650.00", full.path("close").asString());
    assertEquals("1642.30", full.at("/depth/0/bid_price").asString());
    assertEquals(75, full.at("/depth/0/ask_quantity").asInt());
    assertEquals(
        Set.of("1642.35", "24321.50"),
        of(packets, "Ticker Data")
            .map(one -> one.path("LTP").asString())
            .collect(Collectors.toSet()));
  }

  private static Stream<JsonNode> of(List<JsonNode> packets, String type) {
    return packets.stream().filter(one -> one.path("type").asString().equals(type));
  }

  /** The SDK sees the packet, or that the socket is closed, whichever it looks for first. */
  @Test
  void isToldThatItsTokenIsWrong() {
    client.send("feed", "another-token");
    client.await("ended");
  }

  @Test
  void readsBothDepths() {
    client.send("depth", "20");
    assertEquals(20, client.await("depth").path("lines").asInt());
    client.send("depth", "200");
    assertEquals(200, client.await("depth").path("lines").asInt());
  }

  @Test
  void readsOrderUpdates() {
    client.send("orders", "");
    JsonNode order =
        client.awaitWhile(
            "order",
            () ->
                simulator.tellOrder(
                    "{\"Data\":{\"OrderNo\":\"1\",\"Status\":\"TRADED\"},\"Type\":\"order_alert\"}"));
    assertEquals("TRADED", order.at("/data/Data/Status").asString());
  }

  @Test
  void readsRest() {
    assertEquals(1642.35, data("ltp").at("/data/NSE_EQ/1333/last_price").asDouble());
    assertEquals(3, data("expiries").path("data").size());
    assertTrue(data("chain").at("/data/oc/24300.000000/ce/last_price").asDouble() > 0);
    assertTrue(data("minutes").path("close").size() >= 375);
    assertEquals(5, data("days").path("close").size());
  }

  private JsonNode data(String call) {
    client.send("rest", call);
    JsonNode answer = client.await("rest").path("answer");
    assertEquals("success", answer.path("status").asString(), answer::toString);
    return answer.path("data");
  }

  /** It asks until it is refused; the SDK loses the code of the answer. */
  @Test
  void isLimitedAsByDhan() {
    String status = "";
    for (int i = 0; i < 100 && !status.equals("failure"); i++) {
      client.send("rest", "quote");
      status = client.await("rest").at("/answer/status").asString();
    }
    assertEquals("failure", status);
  }
}
