package dev.tapeline.bench.subscriber;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.bench.client.FrameStream;
import dev.tapeline.bench.load.LoadPublisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Tests what the load tool reads from a stream of frames. */
class ReceptionTest {

  private static final String SUBSCRIBED =
      "{\"type\":\"subscribed\",\"requestId\":\"r\",\"channels\":[{\"channel\":\"c:0\","
          + "\"mode\":\"all\",\"epoch\":\"e\",\"seq\":7,\"recoverable\":false}],\"rejected\":[]}";

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  ReceptionTest() {
    text(SUBSCRIBED);
  }

  @Test
  void aCleanStreamIsClean() throws IOException {
    data(8, 1);
    data(9, 2);
    merged(10, 14, 7);
    data(15, 8);
    Seen seen = read(5);
    assertEquals("deliveries 4 merged 4", seen.summary());
    assertEquals(0, seen.behind(8));
    assertEquals(2, seen.behind(10));
  }

  @Test
  void aMissingNumberIsFound() throws IOException {
    data(8, 1);
    data(11, 4);
    assertEquals("deliveries 2 missing 2", read(100).summary());
  }

  @Test
  void theFirstNumberJoinsTheAnswer() throws IOException {
    data(9, 2);
    assertEquals("deliveries 1 missing 1", read(100).summary());
  }

  @Test
  void aMissingNumberThatWasToldIsNoLoss() throws IOException {
    data(8, 1);
    text("{\"type\":\"gap\",\"channel\":\"c:0\",\"from\":9,\"to\":20,\"reason\":\"overrun\"}");
    data(21, 14);
    assertEquals("deliveries 2 gaps 1 gapMessages 12", read(100).summary());
  }

  @Test
  void aGapThatTellsTooLittleIsALoss() throws IOException {
    data(8, 1);
    text("{\"type\":\"gap\",\"channel\":\"c:0\",\"from\":10,\"to\":20,\"reason\":\"overrun\"}");
    data(21, 14);
    assertEquals("deliveries 2 missing 1 gaps 1 gapMessages 11", read(100).summary());
  }

  @Test
  void aRepeatedNumberIsDisorder() throws IOException {
    data(8, 1);
    data(9, 2);
    data(8, 1);
    data(10, 3);
    assertEquals("deliveries 4 disorder 1", read(100).summary());
  }

  @Test
  void mergedNumbersThatOverlapAreDisorder() throws IOException {
    data(8, 1);
    data(9, 2);
    merged(9, 12, 5);
    assertEquals("deliveries 3 merged 3 disorder 1", read(100).summary());
  }

  @Test
  void aMessageThatWasNeverNumberedIsALoss() throws IOException {
    data(8, 1);
    data(9, 4);
    assertEquals("deliveries 2 lostBefore 2", read(100).summary());
  }

  @Test
  void aMessageNumberedTwiceIsDisorder() throws IOException {
    data(8, 1);
    data(9, 1);
    assertEquals("deliveries 2 disorder 1", read(100).summary());
  }

  @Test
  void aToldEpochMayLeaveMessagesOut() throws IOException {
    data(8, 1);
    text(
        "{\"type\":\"epoch\",\"channel\":\"c:0\",\"epoch\":\"f\",\"seq\":0,\"reason\":\"upstream\"}");
    data(1, 50);
    data(2, 51);
    assertEquals("deliveries 3 epochs 1", read(100).summary());
  }

  @Test
  void whatIsNotOfTheProtocolIsCounted() throws IOException {
    text("{\"type\":\"data\",\"channel\":\"c:0\",\"number\":8}");
    text("{\"type\":\"data\",\"channel\":\"c:1\",\"seq\":8,\"data\":{}}");
    text("nonsense");
    text("{\"type\":\"status\",\"source\":\"bus\",\"state\":\"live\",\"since\":1}");
    frame(0x82, new byte[300]);
    assertEquals("unreadable 4", read(100).summary());
  }

  @Test
  void aPingIsAnsweredAndACloseEndsIt() throws IOException {
    frame(0x89, new byte[] {1, 2});
    frame(0x88, new byte[] {0x0f, (byte) 0xa1, 'x'});
    Seen seen = read(100);
    assertEquals(1, seen.sent.size());
    assertEquals(
        "[-118, -126, 0, 0, 0, 0, 1, 2]", Arrays.toString(seen.sent.getFirst()), "a masked pong");
    assertEquals(1, seen.ends);
    assertEquals("connection 0: the server closed it with 4001 x", seen.shared.problem().first());
  }

  /** Law: how the bytes are cut makes no difference. */
  @Property(tries = 300)
  void anyCutGivesTheSame(
      @ForAll("events") List<Event> events,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 400) Integer> pieces)
      throws IOException {
    events.forEach(event -> event.write(this));
    assertEquals(read(1 << 16).summary(), read(pieces).summary());
    assertEquals(read(1 << 16).summary(), read(1).summary());
  }

  /** An element of a stream. */
  private interface Event {

    void write(ReceptionTest test);
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 400);
    Arbitrary<Event> data = numbers.map(n -> test -> test.data(n, n));
    Arbitrary<Event> merged = numbers.map(n -> test -> test.merged(n, n + 3, n));
    Arbitrary<Event> gap =
        numbers.map(n ->
            test ->
                test.text(
                    "{\"type\":\"gap\",\"channel\":\"c:0\",\"from\":%d,\"to\":%d,\"reason\":\"slow\"}"
                        .formatted(n, n + 5)));
    Arbitrary<Event> binary = numbers.map(n -> test -> test.frame(0x82, new byte[n]));
    Arbitrary<Event> ping = numbers.map(n -> test -> test.frame(0x89, new byte[n % 126]));
    return Arbitraries.oneOf(data, data, merged, gap, binary, ping).list().ofMaxSize(30);
  }

  private void data(long seq, long count) {
    text(
        "{\"type\":\"data\",\"channel\":\"c:0\",\"seq\":%d,\"data\":%s}"
            .formatted(seq, payload(count)));
  }

  private void merged(long from, long seq, long count) {
    text(
        "{\"type\":\"data\",\"channel\":\"c:0\",\"seq\":%d,\"from\":%d,\"merged\":%d,%s,\"data\":%s}"
            .formatted(seq, from, seq - from + 1, "\"reason\":\"slow\"", payload(count)));
  }

  private static String payload(long count) {
    return new String(LoadPublisher.payload(count, 5, 150), StandardCharsets.UTF_8);
  }

  private void text(String text) {
    frame(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  private void frame(int head, byte[] payload) {
    stream.write(head);
    if (payload.length <= 125) {
      stream.write(payload.length);
    } else {
      stream.write(126);
      stream.write(payload.length >> 8);
      stream.write(payload.length);
    }
    stream.writeBytes(payload);
  }

  private Seen read(int piece) throws IOException {
    return read(List.of(piece));
  }

  /** Reads the stream in pieces of these lengths, over and over. */
  private Seen read(List<Integer> pieces) throws IOException {
    Seen seen = new Seen();
    FrameStream frames = new FrameStream();
    byte[] all = stream.toByteArray();
    byte[] buffer = new byte[1 << 17];
    int at = 0;
    for (int i = 0; at < all.length; i++) {
      int count = Math.min(pieces.get(i % pieces.size()), all.length - at);
      int from = frames.begin(buffer);
      System.arraycopy(all, at, buffer, from, count);
      frames.take(buffer, 0, from + count, seen.reception);
      at += count;
    }
    return seen;
  }

  /** One connection with one channel, and what it answers. */
  private static final class Seen implements Reception.Wire {

    private final Shared shared =
        Shared.of(new SubscribePlan(1, 1, 1, "c:", false, 0, 0), new Latencies());
    private final Reception reception = new Reception(0, shared, this);
    private final List<byte[]> sent = new ArrayList<>();
    private int ends;

    @Override
    public void send(byte[] frame) {
      sent.add(frame);
    }

    @Override
    public void end() {
      ends++;
    }

    long behind(long published) {
      return reception.behind(new long[] {published});
    }

    /** All counts that are not zero. */
    String summary() {
      Tally tally = shared.fast();
      return List.of(
              "deliveries " + tally.deliveries,
              "merged " + tally.merged,
              "missing " + tally.missing,
              "lostBefore " + tally.lostBefore,
              "disorder " + tally.disorder,
              "gaps " + tally.gaps,
              "gapMessages " + tally.gapMessages,
              "epochs " + tally.epochs,
              "unreadable " + tally.unreadable)
          .stream()
          .filter(count -> !count.endsWith(" 0"))
          .reduce((a, b) -> a + " " + b)
          .orElse("");
    }
  }
}
