package dev.tapeline.gateway.listen.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.listen.http.HeadEnd;
import dev.tapeline.gateway.listen.relay.RequestBoundaries.Next;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RequestBoundariesTest {

  private static final String OURS = "GET /ours HTTP/1.1\r\n\r\n";
  private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String POST = "POST /x HTTP/1.1\r\nContent-Length: 22\r\n\r\n" + OURS;

  private static final String CHUNKED =
      "PUT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n16;a=\"b\"\r\n"
          + OURS
          + "\r\n00\r\nTrailer: GET /ours\r\n\r\n";
  private static final String ABSOLUTE = "GET http://ours/x?/ours HTTP/1.1\r\n\r\n";

  @Property
  void stopsInFrontOfOursHoweverTheBytesAreCut(
      @ForAll("requests") List<String> requests, @ForAll("cuts") List<Integer> cuts) {
    String before = String.join("", requests);
    assertEquals(before, passed(before + OURS + GET, cuts));
  }

  @Test
  void stopsAtWhatIsNoRequest() {
    assertEquals(GET, passed(GET + "nonsense\r\n\r\n" + OURS, List.of(1000)));
    assertEquals(GET, passed(GET + "GET /x HTTP/1.1\r\nHost: h\n\n" + OURS, List.of(7)));
    assertEquals(GET, passed(GET + "GET /x HTTP/1.1\r\nA: b\rc\r\n\r\n" + OURS, List.of(7)));
    assertEquals(GET, passed(GET + "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", List.of(7)));
    assertEquals(GET, passed(GET + post("Content-Length: 1\r\nContent-Length: 2"), List.of(7)));
    assertEquals(GET, passed(GET + post("Content-Length: -1"), List.of(7)));
    assertEquals(
        GET, passed(GET + post("Content-Length: 1\r\nTransfer-Encoding: chunked"), List.of(7)));
    assertEquals(GET, passed(GET + post("Transfer-Encoding: gzip, chunked"), List.of(7)));
    assertEquals(GET, passed(GET + "CONNECT h:1 HTTP/1.1\r\n\r\n" + OURS, List.of(7)));
  }

  @Test
  void badChunksEndTheConnection() {
    String chunked = post("Transfer-Encoding: chunked");
    assertEquals(chunked, passed(chunked + "x\r\n" + OURS, List.of(chunked.length(), 100)));
    assertEquals(chunked, passed(chunked + "1\n" + OURS, List.of(chunked.length(), 100)));
    assertEquals(chunked, passed(chunked + "1\r\nabc\r\n", List.of(chunked.length(), 100)));
  }

  private static String post(String headers) {
    return "POST /x HTTP/1.1\r\n" + headers + "\r\n\r\n";
  }

  /** A head that comes byte by byte is searched at each byte once, however long it is. */
  @Test
  void aDrippedHeadIsSearchedOnce() {
    HeadEnd end = new HeadEnd();
    CountingBuf bytes = new CountingBuf();
    int length = 4_000;
    for (int i = 0; i < length; i++) {
      bytes.writeByte(i % 10 == 0 ? '\r' : 'a');
      assertEquals(-1, end.find(bytes));
    }
    assertTrue(bytes.searched <= 5L * length, "searched " + bytes.searched);
    bytes.release();
  }

  @Provide
  Arbitrary<List<String>> requests() {
    return Arbitraries.of(GET, POST, CHUNKED, ABSOLUTE).list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 60).list().ofMinSize(1).ofMaxSize(10);
  }

  /** Feeds the text in pieces of these sizes, over and over, until ours is found or all is fed. */
  private static String passed(String text, List<Integer> cuts) {
    RequestBoundaries boundaries = new RequestBoundaries(head -> head.path().equals("/ours"), 1000);
    StringBuilder passed = new StringBuilder();
    ByteBuf kept = Unpooled.buffer();
    int at = 0;
    boolean going = true;
    for (int i = 0; going && at < text.length(); i++) {
      int end = Math.min(text.length(), at + cuts.get(i % cuts.size()));
      kept.writeCharSequence(text.substring(at, end), StandardCharsets.US_ASCII);
      at = end;
      going = passAll(boundaries, kept, passed);
    }
    kept.release();
    return passed.toString();
  }

  /** Whether more may follow. */
  private static boolean passAll(RequestBoundaries boundaries, ByteBuf kept, StringBuilder passed) {
    while (kept.isReadable()) {
      switch (boundaries.next(kept)) {
        case Next.Incomplete _ -> {
          return true;
        }
        case Next.Part part ->
            passed.append(kept.readCharSequence(part.length(), StandardCharsets.US_ASCII));
        case Next.Ours _, Next.Bad _ -> {
          return false;
        }
      }
    }
    return true;
  }

  /** Counts the bytes that were looked at. */
  private static final class CountingBuf extends UnpooledHeapByteBuf {

    private long searched;

    CountingBuf() {
      super(UnpooledByteBufAllocator.DEFAULT, 256, Integer.MAX_VALUE);
    }

    @Override
    public int indexOf(int fromIndex, int toIndex, byte value) {
      int found = super.indexOf(fromIndex, toIndex, value);
      searched += (found < 0 ? toIndex : found + 1) - fromIndex;
      return found;
    }
  }
}
