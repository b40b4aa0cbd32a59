package dev.tapeline.chaos.client;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.Optional;

/** Opens connections to Redis that never repeat a command by themselves. */
public final class RedisDoor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private final RedisClient client;

  public RedisDoor(int port) {
    client =
        RedisClient.create(
            RedisURI.builder().withHost("127.0.0.1").withPort(port).withTimeout(PATIENCE).build());
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
            .build());
  }

  /** A new connection, if Redis is there. */
  public Optional<StatefulRedisConnection<String, byte[]>> connect() {
    try {
      return Optional.of(client.connect(CODEC));
    } catch (RedisException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, PATIENCE);
  }
}
