package dev.tapeline.redis.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Resp3DecoderTest {

  /** Bytes on the wire, one character each, and what is to be heard of them; null for nothing. */
  private record Sent(String wire, String heard) {}

  private final Recorder recorder = new Recorder();
  private final Resp3Decoder decoder = new Resp3Decoder(new ChannelNames(0), recorder);

  @Property(tries = 300)
  void theSameIsHeardInWhateverPiecesItArrives(
      @ForAll("sent") List<Sent> sent, @ForAll("sizes") List<Integer> sizes) {
    Recorder recorder = new Recorder();
    Resp3Decoder decoder = new Resp3Decoder(new ChannelNames(0), recorder);
    String wire = String.join("", sent.stream().map(Sent::wire).toList());
    int from = 0;
    for (int i = 0; from < wire.length(); i++) {
      int to = Math.min(wire.length(), from + sizes.get(i % sizes.size()));
      decoder.decode(Unpooled.wrappedBuffer(bytes(wire.substring(from, to))));
      from = to;
    }
    assertEquals(sent.stream().map(Sent::heard).filter(h -> h != null).toList(), recorder.heard);
  }

  @Provide
  Arbitrary<List<Sent>> sent() {
    return Combinators.combine(attribute(), value())
        .as((attribute, value) -> new Sent(attribute + value.wire, value.heard))
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<List<Integer>> sizes() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(1, 7), Arbitraries.integers().between(1, 3_000))
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  private static Arbitrary<String> attribute() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.just("")),
        Tuple.of(
            1,
            Arbitraries.of("|1\r\n+ttl\r\n:3600\r\n", "|0\r\n", "|1\r\n$1\r\na\r\n*1\r\n_\r\n")));
  }

  private static Arbitrary<Sent> value() {
    return Arbitraries.oneOf(
        message(), patternMessage(), shardMessage(), confirmation(), text(), fixed());
  }

  private static Arbitrary<Sent> message() {
    return Combinators.combine(names(), payloads(), attribute())
        .as((name, payload, attribute) ->
            new Sent(
                ">3\r\n" + bulk("message") + attribute + bulk(name) + bulk(payload),
                "message null " + name + " " + payload));
  }

  private static Arbitrary<Sent> patternMessage() {
    return Combinators.combine(names(), names(), payloads())
        .as((pattern, name, payload) ->
            new Sent(
                ">4\r\n" + bulk("pmessage") + bulk(pattern) + bulk(name) + bulk(payload),
                "message " + pattern + " " + name + " " + payload));
  }

  private static Arbitrary<Sent> shardMessage() {
    return Combinators.combine(names(), payloads())
        .as((name, payload) ->
            new Sent(
                ">3\r\n" + bulk("smessage") + bulk(name) + bulk(payload),
                "smessage " + name + " " + payload));
  }

  private static Arbitrary<Sent> confirmation() {
    return Combinators.combine(
            Arbitraries.of(
                "subscribe",
                "psubscribe",
                "ssubscribe",
                "unsubscribe",
                "punsubscribe",
                "sunsubscribe"),
            names())
        .as((kind, name) ->
            new Sent(">3\r\n" + bulk(kind) + bulk(name) + ":1\r\n", kind + " " + name));
  }

  private static Arbitrary<Sent> text() {
    return Combinators.combine(Arbitraries.of("$", "=txt:"), payloads())
        .as((type, text) ->
            new Sent(
                type.charAt(0) + bulk(type.substring(1) + text).substring(1), "reply " + text));
  }

  private static Arbitrary<Sent> fixed() {
    return Arbitraries.of(
        new Sent("+PONG\r\n", "reply PONG"),
        new Sent("-NOPERM no such right\r\n", "error NOPERM no such right"),
        new Sent("!9\r\nERR two\r\n\r\n", "error ERR two\r\n"),
        new Sent(":-42\r\n", "reply -42"),
        new Sent(",1.5e-7\r\n", "reply 1.5e-7"),
        new Sent("#t\r\n", "reply t"),
        new Sent("(3492890328409238509324850943850943825024385\r\n", "reply " + BIG),
        new Sent("_\r\n", "reply null"),
        new Sent("$-1\r\n", "reply null"),
        new Sent("*-1\r\n", "reply null"),
        new Sent("*0\r\n", "reply null"),
        new Sent("~2\r\n$1\r\na\r\n#f\r\n", "reply null"),
        new Sent(HELLO, "reply null"),
        new Sent(">2\r\n+invalidate\r\n*1\r\n+key\r\n", null),
        new Sent(">5\r\n+a\r\n+b\r\n+c\r\n+d\r\n+e\r\n", null),
        new Sent(">0\r\n", null));
  }

  private static final String BIG = "3492890328409238509324850943850943825024385";
  private static final String HELLO =
      "%3\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:3\r\n$7\r\nmodules\r\n*1\r\n%1\r\n"
          + "|1\r\n+x\r\n_\r\n+name\r\n*0\r\n";

  private static Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(300);
  }

  private static Arbitrary<String> payloads() {
    return Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(2_000);
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "'?1\r\n', no value begins with byte 0x3f",
    "'GET / HTTP/1.1\r\n', no value begins with byte 0x47",
    "'$x\r\n', a size with byte 0x78",
    "'$\r\n', a size of 0 digits",
    "'$-2\r\n', a size with byte 0x2d",
    "'$12345678901\r\n', a size of 11 digits",
    "'$536870913\r\n', 'a size of 536870913, above 536870912'",
    "'*1048577\r\n', 'a size of 1048577, above 1048576'",
    "'$1\r\nabc', no line ends where one should",
    "'+a\rb\n', no line ends where one should",
    "'>3\r\n$7\r\nmessage\r\n_\r\n$1\r\na\r\n', a null or a list where a text should be",
  })
  void whatIsNotRedissEndsWithItsReason(String wire, String reason) {
    assertRefused(wire, reason);
  }

  @Test
  void linesHaveALimit() {
    assertRefused("+" + "x".repeat(70_000), "a line of 65536 bytes or more");
  }

  @Test
  void nestingHasALimit() {
    feed("*1\r\n".repeat(8) + ":1\r\n");
    assertEquals(List.of("reply null"), recorder.heard);
    assertRefused("*1\r\n".repeat(9), "more than 8 levels of nesting");
  }

  private void assertRefused(String wire, String reason) {
    String message = assertThrows(MalformedReplyException.class, () -> feed(wire)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void aPayloadLargerThanTheBufferComesWhole() {
    String payload = "x".repeat(10 * Resp3Decoder.INITIAL_BYTES);
    String wire = ">3\r\n" + bulk("message") + bulk("a") + bulk(payload);
    for (int i = 0; i < 5; i++) {
      feed(wire.substring(0, 100_000));
      feed(wire.substring(100_000) + "+OK\r\n");
    }
    assertEquals(10, recorder.heard.size());
    assertEquals("message null a " + payload, recorder.heard.get(8));
  }

  @Test
  void theNameOfAChannelIsTheSameObjectEachTime() {
    feed((">3\r\n" + bulk("message") + bulk("market:tick:A") + bulk("1")).repeat(2));
    assertSame(recorder.names.get(0), recorder.names.get(1));
  }

  private void feed(String wire) {
    decoder.decode(Unpooled.wrappedBuffer(bytes(wire)));
  }

  private static byte[] bytes(String wire) {
    return wire.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final class Recorder implements Resp3Decoder.Listener {

    private final List<String> heard = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    @Override
    public void onMessage(String pattern, String channel, byte[] payload) {
      heard.add("message " + pattern + " " + channel + " " + text(payload));
      names.add(channel);
    }

    @Override
    public void onShardMessage(String channel, byte[] payload) {
      heard.add("smessage " + channel + " " + text(payload));
    }

    @Override
    public void onConfirmation(String kind, String name) {
      heard.add(kind + " " + name);
    }

    @Override
    public void onReply(byte[] text) {
      heard.add("reply " + text(text));
    }

    @Override
    public void onError(String message) {
      heard.add("error " + message);
    }

    private static String text(byte[] bytes) {
      return bytes == null ? "null" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
