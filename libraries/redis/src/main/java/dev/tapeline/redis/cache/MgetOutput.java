package dev.tapeline.redis.cache;

import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to MGET as a map from the keys that were asked for, in their order. Keys without a
 * value are left out.
 */
final class MgetOutput extends CommandOutput<String, byte[], Map<String, String>> {

  private final Iterator<String> keys;

  MgetOutput(List<String> keys) {
    super(RedisConnector.CODEC, LinkedHashMap.newLinkedHashMap(keys.size()));
    this.keys = keys.iterator();
  }

  @Override
  public void set(@Nullable ByteBuffer value) {
    String key = keys.next();
    if (value != null) {
      byte[] bytes = new byte[value.remaining()];
      value.get(bytes);
      output.put(key, new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
