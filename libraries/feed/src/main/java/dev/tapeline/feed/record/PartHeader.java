package dev.tapeline.feed.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of one file: magic, version, length and checksum of a JSON object, and that object.
 *
 * @param run when the recorder began, epoch ms UTC; the same in all files of its run
 * @param number of this file in its run, from 1
 */
record PartHeader(RecordingHeader recording, long run, int number) {

  static final byte[] MAGIC = {'T', 'L', 'R', '\r', '\n', 0x1a, '\n'};
  static final int VERSION = 1;

  private static final int FIXED = MAGIC.length + 1 + 4 + 4;
  private static final int MAX_JSON = 1 << 16;
  private static final JsonMapper JSON = new JsonMapper();

  /** Whether a file that begins with these bytes is a recording of arrivals. */
  static boolean isMagic(byte[] begin) {
    return begin.length >= MAGIC.length
        && Arrays.equals(begin, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  byte[] encode() {
    byte[] json = json();
    ByteBuffer out = ByteBuffer.allocate(FIXED + json.length);
    out.put(MAGIC).put((byte) VERSION).putInt(json.length).putInt(checksum(json)).put(json);
    return out.array();
  }

  /** The checksum in an encoded header. */
  static int checksumOf(byte[] encoded) {
    return ByteBuffer.wrap(encoded).getInt(FIXED - 4);
  }

  private byte[] json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("source", recording.source())
        .put("vendor", recording.vendor())
        .put("zone", recording.zone().getId())
        .put("run", run)
        .put("part", number);
    ObjectNode options = node.putObject("options");
    new TreeMap<>(recording.options()).forEach(options::put);
    return JSON.writeValueAsBytes(node);
  }

  private static int checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  /** A header with the bytes that it was read from. */
  record Read(PartHeader header, int length, int checksum) {}

  /**
   * Reads the header at the beginning of a file.
   *
   * @throws RecordingException if it has none that this version can read
   */
  static Read read(InputStream in) throws IOException {
    byte[] fixed = in.readNBytes(FIXED);
    if (!isMagic(fixed)) {
      throw new RecordingException("it is no recording of arrivals");
    }
    if (fixed.length < FIXED) {
      throw new RecordingException("it breaks off in its header");
    }
    ByteBuffer rest = ByteBuffer.wrap(fixed, MAGIC.length, FIXED - MAGIC.length);
    int version = rest.get();
    if (version != VERSION) {
      throw new RecordingException(
          "it has version %d of the format; this program reads version %d"
              .formatted(version, VERSION));
    }
    int length = rest.getInt();
    int checksum = rest.getInt();
    byte[] json = in.readNBytes(Math.clamp(length, 0, MAX_JSON));
    if (json.length != length || checksum(json) != checksum) {
      throw new RecordingException("its header is damaged");
    }
    return new Read(parse(json), FIXED + length, checksum);
  }

  private static PartHeader parse(byte[] json) {
    try {
      JsonNode node = JSON.readTree(json);
      Map<String, String> options = new HashMap<>();
      node.path("options")
          .properties()
          .forEach(each -> options.put(each.getKey(), each.getValue().asString()));
      return new PartHeader(
          new RecordingHeader(
              node.path("source").asString(),
              node.path("vendor").asString(),
              options,
              ZoneId.of(node.path("zone").asString())),
          node.path("run").asLong(),
          node.path("part").asInt());
    } catch (JacksonException | DateTimeException e) {
      throw new RecordingException("its header is wrong: " + e.getMessage(), e);
    }
  }
}
