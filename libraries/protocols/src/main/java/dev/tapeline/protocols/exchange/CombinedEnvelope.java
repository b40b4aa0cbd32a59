package dev.tapeline.protocols.exchange;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Payload;
import dev.tapeline.protocols.spi.NumberlessEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The envelope {@code {"stream":NAME,"data":…}}, with the name that the client used.
 *
 * @param name one of the few that {@link StreamName} lets a channel have; null for the channel's
 *     own
 */
record CombinedEnvelope(@Nullable String name) implements Envelope {

  static CombinedEnvelope of(StreamName name) {
    return new CombinedEnvelope(name.isTranslated() ? name.text() : null);
  }

  @Override
  public EnvelopeEncoder encoder(String channel) {
    byte[] stream = Payload.quoted(name == null ? channel : name);
    return new NumberlessEncoder() {
      @Override
      public Frame data(Message m) {
        return Frame.of(
            ascii("{\"stream\":"), stream, ascii(",\"data\":"), StreamData.of(m), ascii("}"));
      }
    };
  }
}
