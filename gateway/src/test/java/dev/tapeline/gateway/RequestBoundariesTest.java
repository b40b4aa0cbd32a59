package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

  @Property
  void stopsInFrontOfOursHoweverTheBytesAreCut(
      @ForAll("requests") List<String> requests, @ForAll("cuts") List<Integer> cuts) {
    String before = String.join("", requests);
    assertEquals(before, passed(before + OURS + GET, cuts));
  }

  @Test
  void looksNoFurtherBehindABodyWithoutALength() {
    String chunked = "POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertEquals(chunked + OURS, passed(chunked + OURS, List.of(3)));
    assertEquals("nonsense\r\n\r\n" + OURS, passed("nonsense\r\n\r\n" + OURS, List.of(1000)));
  }

  @Provide
  Arbitrary<List<String>> requests() {
    return Arbitraries.of(GET, POST).list().ofMaxSize(5);
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
    for (int i = 0; at < text.length(); i++) {
      int end = Math.min(text.length(), at + cuts.get(i % cuts.size()));
      kept.writeCharSequence(text.substring(at, end), StandardCharsets.US_ASCII);
      at = end;
      RequestBoundaries.Passage passage = boundaries.next(kept);
      passed.append(kept.readCharSequence(passage.length(), StandardCharsets.US_ASCII));
      if (passage.ours().isPresent()) {
        break;
      }
    }
    kept.release();
    return passed.toString();
  }
}
