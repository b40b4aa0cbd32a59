package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionApiTest {

  private static final JsonMapper JSON = new JsonMapper();

  private RestRig rig;

  @BeforeAll
  void start() {
    rig = new RestRig(Map.of());
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private JsonNode get(String query) throws Exception {
    HttpResponse<String> answer = rig.get("/api/v1/session" + query);
    assertEquals(200, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static List<String> names(JsonNode answer) {
    return StreamSupport.stream(answer.path("exchanges").spliterator(), false)
        .map(it -> it.path("exchange").asString())
        .toList();
  }

  private static Map<String, String> phases(JsonNode exchange) {
    return StreamSupport.stream(exchange.path("classes").spliterator(), false)
        .collect(
            Collectors.toMap(it -> it.path("class").asString(), it -> it.path("phase").asString()));
  }

  @Test
  void anExchangeTellsThePhasesOfItsClasses() throws Exception {
    JsonNode answer = get("?exchange=NSE&at=2026-12-07T10:06:30Z");
    assertEquals("2026-12-07T10:06:30Z", answer.path("at").asString());
    assertEquals(List.of("NSE"), names(answer));
    assertEquals(
        Map.of(
            "cash-fno", "closing-auction",
            "cash", "closed",
            "index", "closing-auction",
            "equity-derivatives", "open",
            "currency", "open"),
        phases(answer.path("exchanges").get(0)));
  }

  @Test
  void aClassTellsItsPhaseItsStepAndItsSession() throws Exception {
    String body = rig.get("/api/v1/session?exchange=NSE&at=2026-12-07T10:06:30Z").body();
    String expected =
        "{\"class\":\"cash-fno\",\"phase\":\"closing-auction\",\"since\":\"2026-12-07T10:00:00Z\","
            + "\"until\":\"2026-12-07T10:10:00Z\",\"step\":{\"step\":\"limit-only\","
            + "\"since\":\"2026-12-07T10:06:00Z\",\"until\":\"2026-12-07T10:10:00Z\","
            + "\"mayEndFrom\":\"2026-12-07T10:08:00Z\"},"
            + "\"next\":{\"phase\":\"closed\",\"since\":\"2026-12-07T10:10:00Z\"},"
            + "\"session\":{\"date\":\"2026-12-07\",\"name\":\"regular\",\"provisional\":false,"
            + "\"open\":\"2026-12-07T03:45:00Z\",\"close\":\"2026-12-07T10:00:00Z\","
            + "\"end\":\"2026-12-07T10:10:00Z\"}}";
    assertTrue(body.contains(expected), body);
    assertTrue(
        body.contains(
            "\"exchanges\":[{\"exchange\":\"NSE\",\"zone\":\"Asia/Kolkata\",\"date\":\"2026-12-07\","
                + "\"validUntil\":\"2026-12-31\",\"classes\":["),
        body);
  }

  @Test
  void allExchangesAnswerForNow() throws Exception {
    JsonNode answer = get("");
    assertEquals(RestRig.NOW.toString(), answer.path("at").asString());
    assertEquals(List.of("BINANCE", "BSE", "DERIBIT", "MCX", "NSE", "SIM"), names(answer));
    assertEquals(Map.of("always", "open"), phases(answer.path("exchanges").get(0)));
    assertEquals(Map.of("commodity", "unknown"), phases(answer.path("exchanges").get(3)));
  }

  @Test
  void theDateIsThatOfTheExchange() throws Exception {
    JsonNode exchanges = get("?at=2026-12-07T20:00:00Z").path("exchanges");
    assertEquals("2026-12-07", exchanges.get(0).path("date").asString());
    assertEquals("2026-12-08", exchanges.get(4).path("date").asString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-12-31T18:29:59Z", "2026-12-31T18:30:00Z", "2027-01-04T05:00:00Z"})
  void allIsUnknownOutsideOfTheCalendar(String at) throws Exception {
    JsonNode nse = get("?exchange=NSE&at=" + at).path("exchanges").get(0);
    assertEquals(List.of("unknown"), phases(nse).values().stream().distinct().toList());
    assertTrue(nse.path("classes").get(0).path("session").isMissingNode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exchange=NYSE | 'exchange' is 'NYSE', but should be one of BINANCE, BSE, DERIBIT, MCX, NSE, SIM",
        "at=yesterday | 'at' is 'yesterday', but should be an instant such as",
        "at=1969-12-31T23:59:59Z | of 1970 to 2099",
        "at=%2B999999999-12-31T23:59:59Z | of 1970 to 2099"
      })
  void wrongParametersAreAProblem(String query, String detail) throws Exception {
    HttpResponse<String> answer = rig.get("/api/v1/session?" + query);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains(detail), answer.body());
  }

  @Test
  void theUsersCalendarIsTold(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "exchanges: {NSE: {holidays: {2026-12-07: A day of mourning}}}");
    try (RestRig own = new RestRig(Map.of("TAPELINE_CALENDAR", file.toString()))) {
      String body = own.get("/api/v1/session?exchange=BSE&at=2026-12-07T06:00:00Z").body();
      JsonNode bse = JSON.readTree(body).path("exchanges").get(0);
      assertEquals(List.of("closed"), phases(bse).values().stream().distinct().toList());
    }
  }
}
