package dev.tapeline.protocols.action;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Stamps;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The first frame that a client by pattern gets of a channel says which pattern and epoch. */
class NativeEnvelopeTest {

  private final EnvelopeEncoder encoder = NativeEnvelope.PLAIN.encoder("a:1");

  private String announced(Frame frame) {
    return text(encoder.announced(frame.text(), "a:*", "e1"));
  }

  private static String text(Frame frame) {
    return new String(frame.text(), StandardCharsets.UTF_8);
  }

  private static Message message() {
    byte[] payload = "{\"p\":1}".getBytes(StandardCharsets.UTF_8);
    return new Message(42, Payload.of(payload), Stamps.NONE, 0, 0);
  }

  @Test
  void behindTheNumberOfData() {
    assertEquals(
        "{\"type\":\"data\",\"channel\":\"a:1\",\"seq\":42,\"pattern\":\"a:*\",\"epoch\":\"e1\","
            + "\"data\":{\"p\":1}}",
        announced(encoder.data(message())));
  }

  @Test
  void behindTheNumberOfASnapshot() {
    assertEquals(
        "{\"type\":\"snapshot\",\"channel\":\"a:1\",\"seq\":42,\"pattern\":\"a:*\",\"epoch\":\"e1\","
            + "\"data\":{\"p\":1}}",
        announced(encoder.snapshot(message())));
  }

  @Test
  void atTheEndOfAGap() {
    assertEquals(
        "{\"type\":\"gap\",\"channel\":\"a:1\",\"from\":3,\"to\":5,\"reason\":\"overrun\","
            + "\"pattern\":\"a:*\",\"epoch\":\"e1\"}",
        announced(encoder.gap(3, 5)));
  }
}
