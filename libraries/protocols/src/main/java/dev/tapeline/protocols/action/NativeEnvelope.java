package dev.tapeline.protocols.action;

import static dev.tapeline.json.Json.ascii;

import dev.tapeline.core.Stamps;
import dev.tapeline.hub.frame.Envelope;
import dev.tapeline.hub.frame.Envelope.EpochReason;
import dev.tapeline.hub.frame.Envelope.MergeReason;
import dev.tapeline.hub.frame.Envelope.ModeReason;
import dev.tapeline.hub.frame.EnvelopeEncoder;
import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.frame.Options;
import dev.tapeline.hub.message.Message;
import dev.tapeline.hub.message.Patch;
import dev.tapeline.hub.message.Payload;

/**
 * The native protocol's frames.
 *
 * <pre>
 * {"type":"data","channel":C,"seq":N[,"ts":{…}][,"encoding":E],"data":…}
 * {"type":"data","channel":C,"seq":N,"from":F,"merged":M,"reason":R[,"ts":{…}][,"encoding":E],"data":…}
 * {"type":"data",…[,"crc":"8 hex digits"],"delta":{…}}
 * {"type":"snapshot","channel":C,"seq":N[,"ts":{…}][,"encoding":E],"data":…}
 * {"type":"gap","channel":C,"from":F,"to":T,"reason":"overrun"}
 * {"type":"mode","channel":C,"mode":M[,"maxRate":F],"reason":R}
 * {"type":"epoch","channel":C,"epoch":E,"seq":N,"reason":R}
 * </pre>
 *
 * The first frame of a channel that a pattern matched has {@code "pattern":P,"epoch":E} after
 * {@code seq}; a gap has them at its end.
 *
 * @param stamped whether frames have {@code ts}
 * @param isDelta whether frames contain only the changes where that is shorter
 */
record NativeEnvelope(boolean stamped, boolean isDelta) implements Envelope {

  static final NativeEnvelope PLAIN = new NativeEnvelope(false, false);
  static final NativeEnvelope STAMPED = new NativeEnvelope(true, false);

  @Override
  public Envelope whole() {
    return new NativeEnvelope(stamped, false);
  }

  @Override
  public EnvelopeEncoder encoder(String channel) {
    return new NativeEncoder(Payload.quoted(channel), stamped);
  }

  private static final class NativeEncoder implements EnvelopeEncoder {

    private static final byte[] DATA = ascii(",\"data\":");
    private static final byte[] DELTA = ascii(",\"delta\":");
    private static final byte[] TEXT = ascii(",\"encoding\":\"text\",\"data\":");
    private static final byte[] BASE64 = ascii(",\"encoding\":\"base64\",\"data\":");
    private static final byte[] END = {'}'};
    private static final byte[] NOTHING = {};

    private final byte[] data;
    private final byte[] snapshot;
    private final byte[] channel;
    private final boolean stamped;

    NativeEncoder(byte[] channel, boolean stamped) {
      this.channel = channel;
      this.stamped = stamped;
      this.data = joined(ascii("{\"type\":\"data\",\"channel\":"), channel, ascii(",\"seq\":"));
      this.snapshot =
          joined(ascii("{\"type\":\"snapshot\",\"channel\":"), channel, ascii(",\"seq\":"));
    }

    private static byte[] joined(byte[]... parts) {
      return Frame.of(parts).text();
    }

    @Override
    public Frame data(Message m) {
      return Frame.of(data, number(m.seq()), stamps(m), label(m), m.payload().json(), END);
    }

    @Override
    public Frame merged(Message m, long from, MergeReason reason) {
      return Frame.of(data, numbers(m, from, reason), stamps(m), label(m), m.payload().json(), END);
    }

    @Override
    public Frame delta(Message m, long from, MergeReason reason, Patch patch) {
      byte[] numbers = from == m.seq() ? number(from) : numbers(m, from, reason);
      String crc = patch.checksum();
      byte[] checksum = crc == null ? NOTHING : ascii(",\"crc\":\"" + crc + '"');
      return Frame.of(data, numbers, stamps(m), checksum, DELTA, patch.json(), END);
    }

    private static byte[] numbers(Message m, long from, MergeReason reason) {
      return ascii(
          m.seq()
              + ",\"from\":"
              + from
              + ",\"merged\":"
              + (m.seq() - from + 1)
              + ",\"reason\":\""
              + reason.text()
              + '"');
    }

    @Override
    public Frame snapshot(Message m) {
      return Frame.of(snapshot, number(m.seq()), stamps(m), label(m), m.payload().json(), END);
    }

    @Override
    public Frame gap(long from, long to) {
      String tail = ",\"from\":%d,\"to\":%d,\"reason\":\"overrun\"}".formatted(from, to);
      return Frame.of(ascii("{\"type\":\"gap\",\"channel\":"), channel, ascii(tail));
    }

    @Override
    public Frame mode(Options now, boolean held, ModeReason reason) {
      String word = held ? "snapshot" : now.mode().text();
      boolean limited = !held && !now.maxRate().isUnlimited();
      String rate = limited ? ",\"maxRate\":" + rate(now.maxRate().perSecond()) : "";
      String tail = ",\"mode\":\"%s\"%s,\"reason\":\"%s\"}".formatted(word, rate, reason.text());
      return Frame.of(ascii("{\"type\":\"mode\",\"channel\":"), channel, ascii(tail));
    }

    private static String rate(double rate) {
      return rate == Math.rint(rate) ? "" + (long) rate : "" + rate;
    }

    @Override
    public Frame epoch(String epoch, long seq, EpochReason reason) {
      String tail =
          ",\"epoch\":\"%s\",\"seq\":%d,\"reason\":\"%s\"}".formatted(epoch, seq, reason.text());
      return Frame.of(ascii("{\"type\":\"epoch\",\"channel\":"), channel, ascii(tail));
    }

    @Override
    public Frame announced(byte[] text, String pattern, String epoch) {
      int at = announcementPlace(text);
      byte[] head = new byte[at];
      byte[] rest = new byte[text.length - at];
      System.arraycopy(text, 0, head, 0, at);
      System.arraycopy(text, at, rest, 0, rest.length);
      return Frame.of(
          head,
          ascii(",\"pattern\":"),
          Payload.quoted(pattern),
          ascii(",\"epoch\":\"" + epoch + '"'),
          rest);
    }

    /** The place of the announcement: after the number, or at the end of a gap. */
    private int announcementPlace(byte[] text) {
      byte type = text["{\"type\":\"".length()];
      if (type == 'g') {
        return text.length - 1;
      }
      int at = type == 'd' ? data.length : snapshot.length;
      while (text[at] >= '0' && text[at] <= '9') {
        at++;
      }
      return at;
    }

    private static byte[] number(long value) {
      return ascii(Long.toString(value));
    }

    private byte[] stamps(Message m) {
      if (!stamped) {
        return NOTHING;
      }
      Stamps known = m.stamps();
      StringBuilder out = new StringBuilder(80).append(",\"ts\":{");
      if (known.exchange() != 0) {
        out.append("\"exchange\":").append(known.exchange()).append(',');
      }
      if (known.ingest() != 0) {
        out.append("\"ingest\":").append(known.ingest()).append(',');
      }
      return ascii(out.append("\"gateway\":").append(m.receivedMillis()).append('}').toString());
    }

    private static byte[] label(Message m) {
      return switch (m.payload().form()) {
        case JSON -> DATA;
        case TEXT -> TEXT;
        case BINARY -> BASE64;
      };
    }
  }
}
