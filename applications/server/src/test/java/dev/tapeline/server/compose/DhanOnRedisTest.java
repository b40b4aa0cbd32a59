package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.server.settings.part.FeedKind;
import dev.tapeline.server.vendor.VendorPlan;
import dev.tapeline.simulate.dhan.DhanOptions;
import dev.tapeline.simulate.dhan.DhanSimulator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What any node tells of Dhan, whichever node is connected to it. */
class DhanOnRedisTest extends OnRedisRig {

  private static final String STATUS = "/market/polling/status";

  private Map<String, String> own(String node) {
    return own(node, "simulated-token");
  }

  private Map<String, String> own(String node, String token) {
    return Map.of(
        "TAPELINE_DATA",
        folder.resolve(node).toString(),
        "DHANHQ_CLIENT_ID",
        "1100000001",
        "DHANHQ_ACCESS_TOKEN",
        token);
  }

  private static FeedPlan dhan(int port) {
    String base = "http://127.0.0.1:" + port;
    return new FeedPlan.Vendor(
        FeedKind.DHAN,
        new VendorPlan(
            "dhan",
            Map.of(
                "rest-url", base + "/v2",
                "socket-url", "ws://127.0.0.1:" + port,
                "master-url", base + "/api-data/api-scrip-master-detailed.csv",
                "hours", "always",
                "watch", "NIFTY")));
  }

  private static LocalDate expiry(DhanSimulator simulator) {
    return simulator.instruments().stream()
        .flatMap(each -> each instanceof Instrument.Option it ? Stream.of(it) : Stream.empty())
        .filter(option -> option.underlying().equals("NIFTY"))
        .map(Instrument.Option::expiry)
        .max(LocalDate::compareTo)
        .orElseThrow();
  }

  @Test
  void eachNodeTellsWhatAnotherOnePolls() throws Exception {
    try (DhanSimulator simulator = DhanSimulator.start(DhanOptions.usual());
        Tapeline feed = start("one", "all", List.of(dhan(simulator.port())), own("one"));
        Tapeline other = start("two", "gateway", List.of(), own("two"))) {
      String chain = "\"symbol\":\"NIFTY\",\"expiry\":\"%s\"".formatted(expiry(simulator));
      poll(other, "{%s,\"interval\":5000}".formatted(chain));
      String told = chain + ",\"source\":\"dhan\",\"interval\":5000,\"effectiveInterval\":";
      String there = awaitBody(other, STATUS, told).body();
      assertTrue(there.endsWith("\"count\":1}"), there);
      String here = awaitBody(feed, STATUS, told).body();
      assertTrue(here.endsWith("\"count\":1}"), here);
    }
  }

  @Test
  void eachNodeTellsWhyTheSourceIsDown() throws Exception {
    String token = "a-token-of-nobody";
    try (HttpClient fresh = HttpClient.newHttpClient();
        DhanSimulator simulator = DhanSimulator.start(DhanOptions.usual());
        Tapeline feed = start("one", "all", List.of(dhan(simulator.port())), own("one", token));
        Tapeline other = start("two", "gateway", List.of(), own("two"))) {
      String told = "\"status\":\"down\",\"reason\":\"auth: ";
      String here = awaitBody(feed, "/api/v1/nodes", told).body();
      String there = awaitBody(other, "/api/v1/nodes", told).body();
      assertFalse((here + there).contains(token));
      Frames client = subscribe(fresh, other, "market:tick:NIFTY");
      String frame = client.await("\"reason\":\"auth: ");
      assertTrue(frame.contains("\"source\":\"dhan\",\"state\":\"down\""), frame);
    }
  }

  private static void poll(Tapeline node, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("http", node, "/market/polling/start"))
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode());
    }
  }
}
