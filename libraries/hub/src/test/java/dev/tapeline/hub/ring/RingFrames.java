package dev.tapeline.hub.ring;

import dev.tapeline.core.Stamps;
import dev.tapeline.hub.frame.Framing;
import dev.tapeline.hub.frame.Segment;
import dev.tapeline.hub.frame.TextEnvelope;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Messages for rings, and a reader of their frames. */
final class RingFrames {

  static final Encoding LINES = new Encoding(TextEnvelope.INSTANCE, Framing.LINES);

  private RingFrames() {}

  static Message message(long seq, String json) {
    byte[] payload = json.getBytes(StandardCharsets.UTF_8);
    return new Message(seq, Payload.of(payload), Stamps.NONE, 0, 0);
  }

  /** A message whose payload is a number of this many digits. */
  static Message message(long seq, int digits) {
    return message(seq, "1".repeat(digits));
  }

  static String text(Message message) {
    String payload = new String(message.payload().json(), StandardCharsets.UTF_8);
    return TextEnvelope.data(message.seq(), payload);
  }

  static List<String> texts(List<Message> messages) {
    return messages.stream().map(RingFrames::text).toList();
  }

  /** All frames from a place to the end of its chain of segments. */
  static List<String> from(FrameLog.Place place) {
    List<String> lines = new ArrayList<>();
    int offset = place.offset();
    for (Segment segment = place.segment(); segment != null; segment = segment.next()) {
      int end = Segment.bytesOf(segment.committed());
      ByteBuf slice = Objects.requireNonNull(segment.slice(offset, end - offset));
      slice.toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
      slice.release();
      offset = 0;
    }
    return lines;
  }
}
