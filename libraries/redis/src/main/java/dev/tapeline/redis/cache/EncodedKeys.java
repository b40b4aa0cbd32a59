package dev.tapeline.redis.cache;

import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Many keys of one command, encoded in advance. The caller's thread encodes them, so that the
 * thread of the shared connection only copies bytes.
 */
final class EncodedKeys extends CommandArgs<String, byte[]> {

  private static final int TYPICAL_KEY_BYTES = 32;

  private final int count;
  private final String first;
  private final byte[] bytes;

  private EncodedKeys(int count, String first, byte[] bytes) {
    super(RedisConnector.CODEC);
    this.count = count;
    this.first = first;
    this.bytes = bytes;
  }

  /**
   * @param keys at least one
   */
  static EncodedKeys of(String prefix, List<String> keys) {
    int prefixBytes = ByteBufUtil.utf8Bytes(prefix);
    StringBuilder out = new StringBuilder(keys.size() * (TYPICAL_KEY_BYTES + prefix.length()));
    for (String key : keys) {
      out.append('$')
          .append(prefixBytes + ByteBufUtil.utf8Bytes(key))
          .append("\r\n")
          .append(prefix)
          .append(key)
          .append("\r\n");
    }
    return new EncodedKeys(
        keys.size(),
        prefix.concat(keys.getFirst()),
        out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The key by which a cluster finds the node. */
  @Override
  public ByteBuffer getFirstEncodedKey() {
    return ByteBuffer.wrap(first.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void encode(ByteBuf target) {
    target.writeBytes(bytes);
  }
}
