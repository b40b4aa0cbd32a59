package dev.tapeline.chaos.client;

import dev.tapeline.chaos.fault.Store;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Opens connections to Redis that never repeat or redirect a command by themselves. */
public final class RedisDoor implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private final Store store;
  private final RedisClient client = RedisClient.create();

  public RedisDoor(Store store) {
    this.store = store;
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
            .build());
  }

  /** Connections of its own for one user. */
  public Route route() {
    return new Route(this, store);
  }

  CompletableFuture<StatefulRedisConnection<String, byte[]>> connect(int port) {
    RedisURI uri =
        RedisURI.builder().withHost("127.0.0.1").withPort(port).withTimeout(PATIENCE).build();
    return client.connectAsync(CODEC, uri).toCompletableFuture();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, PATIENCE);
  }
}
