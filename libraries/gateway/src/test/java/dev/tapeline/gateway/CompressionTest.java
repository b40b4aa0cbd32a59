package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.DurableRules;
import dev.tapeline.embedded.EmbeddedBus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** permessage-deflate: what is agreed on, both directions, and what a bomb does. */
class CompressionTest {

  private static final String OFFER = "Sec-WebSocket-Extensions: ";
  private static final String CHAIN =
      "{\"strikes\":[" + "{\"strike\":24000,\"iv\":11.25},".repeat(500) + "0]}";
  private static final String SUBSCRIBE = "{\"action\":\"subscribe\",\"channels\":[\"chain\"]}";

  private final TestGateway gateway =
      new TestGateway(config -> config.clients(it -> it.withMaxMessageBytes(64 << 10)));

  @AfterEach
  void stop() {
    gateway.close();
  }

  private RawClient offering(String offer) {
    RawClient client = new RawClient(gateway.port, 0);
    client.write(RawClient.upgrade("/ws", OFFER + offer + "\r\n"));
    return client;
  }

  private static RawClient upgraded(RawClient client) {
    String head = client.readHead();
    assertTrue(head.startsWith("HTTP/1.1 101"), head);
    return client;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate | ",
        "' ; ,, ;=, permessage-deflate' | ",
        "permessage-deflate; client_max_window_bits | ",
        "permessage-deflate; server_max_window_bits=9 | ; server_max_window_bits=9",
        "permessage-deflate; server_max_window_bits=7, permessage-deflate | ",
        "permessage-deflate; server_max_window_bits=9; server_max_window_bits=10, permessage-deflate | ",
        "x-webkit, permessage-deflate; what=1, permessage-deflate; server_max_window_bits=15 | ; server_max_window_bits=15",
      })
  void meetsTheFirstOfferThatItCan(String offer, String more) {
    try (RawClient client = offering(offer)) {
      String agreed =
          "sec-websocket-extensions: permessage-deflate; server_no_context_takeover;"
              + " client_no_context_takeover"
              + (more == null ? "" : more)
              + "\r\n";
      String head = client.readHead();
      assertTrue(head.toLowerCase(Locale.ROOT).contains(agreed), head);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
        "permessage-deflate; client_max_window_bits ;client_max_window_bits=10",
        "permessage-bzip2"
      })
  void offersThatCantBeMetAreDeclined(String offer) {
    try (RawClient client = offering(offer)) {
      String head = client.readHead();
      assertTrue(head.startsWith("HTTP/1.1 101"), head);
      assertFalse(head.toLowerCase(Locale.ROOT).contains("extensions"), head);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"permessage-deflate", "permessage-deflate; server_max_window_bits=8"})
  void longMessagesAreCompressedAndShortOnesAreNot(String offer) throws DataFormatException {
    try (RawClient client = upgraded(offering(offer));
        TestClient plain = gateway.client("/ws")) {
      client.send(SUBSCRIBE);
      RawClient.Message answer = client.readMessage();
      assertFalse(answer.isCompressed());
      plain.subscribe("\"chain\"");
      gateway.publish("chain", CHAIN);
      gateway.publish("chain", "{}");
      RawClient.Message chain = client.readMessage();
      assertTrue(chain.isCompressed());
      String expected =
          "{\"type\":\"data\",\"channel\":\"chain\",\"seq\":1,\"data\":" + CHAIN + "}";
      assertEquals(expected, inflated(chain.payload()));
      assertTrue(chain.payload().length * 4 < expected.length(), () -> "" + chain.payload().length);
      assertFalse(client.readMessage().isCompressed());
      plain.await(m -> m.path("seq").asInt() == 2);
      assertEquals(expected, plain.texts().get(1));
    }
  }

  @Test
  void firstFramesOfPatternsAreReadAgainToBeAnnounced() throws DataFormatException {
    try (RawClient client = upgraded(offering("permessage-deflate"))) {
      client.send("{\"action\":\"subscribe\",\"channels\":[\"chain*\"]}");
      client.readMessage();
      gateway.publish("chain1", CHAIN);
      String text = inflated(client.readMessage().payload());
      assertTrue(text.contains("\"pattern\":\"chain*\",\"epoch\":"), text.substring(0, 100));
      assertTrue(text.endsWith("\"data\":" + CHAIN + "}"));
    }
  }

  @Test
  void takesCompressedMessages() {
    try (RawClient client = upgraded(offering("permessage-deflate"))) {
      client.frame(
          0xc1, deflated("{\"action\":\"ping\",\"requestId\":\"" + "r".repeat(300) + "\"}"));
      assertTrue(client.readMessage().text().startsWith("{\"type\":\"pong\""));
      byte[] halves = deflated("{\"action\":\"ping\",\"requestId\":\"1\"}");
      client.frame(0x41, Arrays.copyOf(halves, 10));
      client.frame(0x80, Arrays.copyOfRange(halves, 10, halves.length));
      assertEquals("{\"type\":\"pong\",\"requestId\":\"1\"}", client.readMessage().text());
    }
  }

  @Test
  void aBombEndsTheConnectionBeforeItGrows() {
    byte[] bomb = deflated(" ".repeat(16 << 20));
    assertTrue(bomb.length < 32 << 10, () -> "" + bomb.length);
    try (RawClient client = upgraded(offering("permessage-deflate"))) {
      client.frame(0xc1, bomb);
      assertEquals("close 1009", client.read());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0xa1, 1002", // a reserved bit that means nothing
    "0xc9, 1002", // a compressed ping
    "0xc1, 1007" // not compressed as it says
  })
  void brokenFramesAreToldApart(String first, int code) {
    try (RawClient client = upgraded(offering("permessage-deflate"))) {
      client.frame(Integer.decode(first), new byte[] {(byte) 0xff, (byte) 0xff, 1, 2});
      assertEquals("close " + code, client.read());
    }
  }

  @Test
  void compressedTextThatIsNoUtf8EndsTheConnection() {
    try (RawClient client = upgraded(offering("permessage-deflate"))) {
      client.frame(0xc1, deflated(new byte[] {(byte) 0xc3, 0x28}));
      assertEquals("close 1007", client.read());
    }
  }

  /**
   * What was missed is at hand at once, so that how many writes it takes does not hang on the
   * machine's speed.
   */
  @Test
  void linesOfOneWriteComeInOneMessage() {
    try (TestGateway durable =
            new TestGateway(
                new EmbeddedBus(1000, DurableRules.of("trade@*"), () -> 1_000), config -> config);
        TestClient client = durable.client("/ws?lines=true")) {
      IntStream.rangeClosed(1, 100).forEach(n -> durable.publish("trade@A", "{\n\"n\":" + n + "}"));
      client.send(
          "{\"action\":\"subscribe\",\"channels\":[{\"channel\":\"trade@A\",\"since\":1}]}");
      TestGateway.awaitTrue(() -> lines(client) == 101);
      assertTrue(client.size() < 10, () -> client.size() + " messages");
      client.texts().forEach(text -> text.lines().forEach(TestClient.JSON::readTree));
    }
  }

  private static long lines(TestClient client) {
    return client.texts().stream().flatMap(String::lines).count();
  }

  private static byte[] deflated(String text) {
    return deflated(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] deflated(byte[] text) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(text);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[1000];
    int count;
    while ((count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH)) > 0) {
      out.write(piece, 0, count);
    }
    deflater.end();
    byte[] all = out.toByteArray();
    return Arrays.copyOf(all, all.length - 4);
  }

  private static String inflated(byte[] payload) throws DataFormatException {
    byte[] tail = {0, 0, (byte) 0xff, (byte) 0xff};
    byte[] whole = Arrays.copyOf(payload, payload.length + tail.length);
    System.arraycopy(tail, 0, whole, payload.length, tail.length);
    Inflater inflater = new Inflater(true);
    inflater.setInput(whole);
    byte[] out = new byte[1 << 20];
    int length = inflater.inflate(out);
    inflater.end();
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
