package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.compose.LiveServer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests the bytes of messages to npm's {@code ws}: compressed as it offers, alone or in lines. */
@ExtendWith(WithNode.class)
@Timeout(240)
class SocketBytesTest {

  private static final String CHAIN = "option-chain:NIFTY:2025-11-28";

  private static LiveServer server;
  private NativeClient client;

  @BeforeAll
  static void startServer() {
    server = LiveServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void start() {
    client = new NativeClient(server);
  }

  @AfterEach
  void stop() {
    client.close();
  }

  /** An option chain of 200 strikes, each with its own figures. */
  private static String chain() {
    return IntStream.range(0, 200)
        .mapToObj(SocketBytesTest::strike)
        .collect(Collectors.joining(",", "{\"symbol\":\"NIFTY\",\"strikes\":[", "]}"));
  }

  private static String strike(int i) {
    return "{\"strike\":%d,\"ce\":{\"ltp\":%d.35,\"oi\":%d},\"pe\":{\"ltp\":%d.65,\"oi\":%d}}"
        .formatted(20_000 + 50 * i, 7 * i, 991 * i, 1_400 - 7 * i, 1_009 * i);
  }

  /** The last columns: the compressed length of a long message, in percent. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | none | 100 | 110",
        "true | permessage-deflate | 10 | 50",
        "{\"threshold\":0} | permessage-deflate | 10 | 50",
        "{\"serverMaxWindowBits\":15} | permessage-deflate | 10 | 50",
        "{\"serverMaxWindowBits\":9} | server_max_window_bits=9 | 10 | 75",
      })
  void longMessagesComeAsTheClientWantsThem(String deflate, String extension, int least, int most) {
    String agreed = client.open("{\"options\":{\"perMessageDeflate\":%s}}".formatted(deflate));
    assertTrue(agreed.contains(extension), agreed);
    client.subscribe(CHAIN);
    long before = client.node().all("subscribed").getLast().path("received").asLong();
    server.publish(CHAIN, chain());
    JsonNode event = client.node().await("data");
    assertEquals(new JsonMapper().readTree(chain()), event.path("message").path("data"));
    long percent = 100 * (event.path("received").asLong() - before) / chain().length();
    assertTrue(least <= percent && percent <= most, percent + " %");
  }

  @Test
  void linesHoldWhatIsWrittenAtOnce() {
    assertEquals("none", client.open("{\"path\":\"/ws?lines=true\"}"));
    assertTrue(linesOfFiftyRecovered().anyMatch(lines -> lines > 1));
  }

  @Test
  void withoutThemEachIsAMessage() {
    client.open("{}");
    assertTrue(linesOfFiftyRecovered().allMatch(lines -> lines == 1));
  }

  private IntStream linesOfFiftyRecovered() {
    JsonNode granted = client.subscribe(NativeClient.TRADES);
    int held = granted.path("seq").asInt();
    client.publishTrades(held + 1, held + 50);
    client.awaitTrades(held + 1, held + 50);
    client.unsubscribe(NativeClient.TRADES);
    client.recover(granted, held);
    client.awaitTrades(held + 1, held + 50);
    return client.node().all("data").stream().mapToInt(event -> event.path("lines").asInt());
  }
}
