package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The parts of payloads that several families share. Unknown values are left out; each payload of
 * simulated data says so. Owned by one thread.
 */
final class PayloadWriter {

  /** The end of an envelope. */
  static final byte[] END = bytes("}}");

  /** The end of an envelope of simulated data. */
  static final byte[] SIMULATED_END = bytes(",\"simulated\":true}}");

  private static final byte[] FLAT_END = bytes("}");
  private static final byte[] SIMULATED_FLAT_END = bytes(",\"simulated\":true}");

  private final JsonBytes out = new JsonBytes();
  private final byte[] source;
  private boolean simulated;

  /** What stands before the next member of an object. */
  private String separator = "";

  /**
   * @param source the name of the source
   */
  PayloadWriter(String source) {
    this.source = bytes(",\"source\":\"" + source + "\"");
  }

  /** Says whether the data of the next payloads is simulated. */
  void mark(boolean isSimulated) {
    simulated = isSimulated;
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  /** Begins a payload without a constant head. */
  JsonBytes begin() {
    return out.clear();
  }

  /** Begins a payload. */
  JsonBytes begin(byte[] head) {
    return out.clear().raw(head);
  }

  /** Goes on with the payload that was begun. */
  JsonBytes continued(String ascii) {
    return out.ascii(ascii);
  }

  /** A whole payload: an envelope around the vendor's own JSON, byte for byte. */
  byte[] envelope(byte[] head, byte[] data) {
    return out.clear().raw(head).raw(data).ascii("}").toBytes();
  }

  /** Ends a flat payload. */
  byte[] end() {
    return out.raw(simulated ? SIMULATED_FLAT_END : FLAT_END).toBytes();
  }

  /** Ends a payload that has an envelope. */
  byte[] endEnvelope() {
    return out.raw(simulated ? SIMULATED_END : END).toBytes();
  }

  /** Names the source. */
  void source() {
    out.raw(source);
  }

  /** Writes a member as it is. */
  void ascii(String member) {
    out.ascii(member);
  }

  void number(String name, @Nullable BigDecimal value) {
    if (value != null) {
      out.ascii(name).number(value);
    }
  }

  void count(String name, long value) {
    out.ascii(name).number(value);
  }

  void quoted(String name, @Nullable BigDecimal value) {
    if (value != null) {
      out.ascii(name).quoted(value);
    }
  }

  /** Begins an object of its own within a payload. */
  void beginObject(String name) {
    out.ascii(name);
    separator = "{\"";
  }

  /** A number in the object that was begun; left out if unknown. */
  void member(String name, @Nullable BigDecimal value) {
    if (value != null) {
      out.ascii(separator).ascii(name).ascii("\":").number(value);
      separator = ",\"";
    }
  }

  /** Ends the object that was begun. */
  void endObject() {
    out.ascii(separator.startsWith("{") ? "{}" : "}");
  }

  void time(String name, long millis) {
    if (millis > 0) {
      out.ascii(name).number(millis);
    }
  }

  /** A number as text, without trailing zeros. */
  String text(BigDecimal value) {
    return new String(out.clear().number(value).toBytes(), StandardCharsets.US_ASCII);
  }

  /** The time at the exchange, or if that is unknown, the time of receipt. */
  static long bestTime(Times times) {
    return times.exchange() > 0 ? times.exchange() : times.received();
  }
}
