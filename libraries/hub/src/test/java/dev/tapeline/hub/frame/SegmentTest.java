package dev.tapeline.hub.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SegmentTest {

  private static void append(Segment segment, String text, long origin) {
    segment.append(EncodedFrame.of(text.getBytes(StandardCharsets.US_ASCII)), origin);
  }

  private static String read(Segment segment, int from, int to) {
    ByteBuf slice = Objects.requireNonNull(segment.slice(from, to - from));
    String text = slice.toString(StandardCharsets.US_ASCII);
    slice.release();
    return text;
  }

  @Property(tries = 200)
  void eachFrameStandsBetweenItsNumberAndTheNext(
      @ForAll @Size(max = 40) List<@AlphaChars @StringLength(min = 1, max = 30) String> frames) {
    Segment segment = new Segment(1200, 7);
    frames.forEach(frame -> append(segment, frame, 0));
    assertEquals(frames.size(), Segment.framesOf(segment.committed()));
    assertEquals(String.join("", frames).length(), Segment.bytesOf(segment.committed()));
    for (int i = 0; i < frames.size(); i++) {
      assertEquals(frames.get(i), read(segment, segment.offsetOf(7 + i), segment.offsetOf(8 + i)));
    }
    segment.drop();
  }

  @Test
  void hasRoomUpToItsCapacity() {
    Segment segment = new Segment(10, 1);
    append(segment, "1234567", 0);
    assertTrue(segment.hasRoom(3));
    assertFalse(segment.hasRoom(4));
    segment.drop();
  }

  @Test
  void theOriginIsThatOfTheNewestFrame() {
    Segment segment = new Segment(10, 1);
    append(segment, "a", 5);
    append(segment, "b", 6);
    assertEquals(6, segment.originNanos());
    segment.drop();
  }

  @Test
  void whoComesAfterItWasDroppedGetsNothing() {
    Segment segment = new Segment(10, 1);
    append(segment, "abc", 0);
    segment.seal(new Segment(10, 2));
    segment.drop();
    assertTrue(segment.isDropped());
    assertNull(segment.slice(0, 3));
    assertNull(segment.next());
  }

  @Test
  void aSliceOutlivesTheSegmentUntilItIsWritten() {
    Segment segment = new Segment(10, 1);
    append(segment, "abc", 0);
    ByteBuf slice = Objects.requireNonNull(segment.slice(1, 2));
    segment.drop();
    assertEquals("bc", slice.toString(StandardCharsets.US_ASCII));
    slice.release();
    assertEquals(0, slice.refCnt());
  }
}
