package dev.tapeline.redis.log;

import io.lettuce.core.codec.CRC16;
import java.nio.charset.StandardCharsets;

/** The partitions of durable channels: a fixed number, the same in every topology. */
public final class Partitions {

  public static final int COUNT = 16;

  /** The plain channel on which a newly stamped token is told, as {@code <partition> <token>}. */
  public static final String ADOPTER_MARKS = "tapeline:adopters";

  private Partitions() {}

  public static int of(String channel) {
    return CRC16.crc16(channel.getBytes(StandardCharsets.UTF_8)) % COUNT;
  }

  /** Whether this is the key of a partition. */
  public static boolean isKey(String text) {
    if (text.startsWith("tapeline:{") && text.endsWith("}")) {
      for (int i = 0; i < COUNT; i++) {
        if (text.equals(key(i))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The key of a partition's hash, which is also the name of the channel of its broadcasts. */
  public static String key(int partition) {
    return "tapeline:{" + partition + "}";
  }
}
