package dev.tapeline.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One server, which has everything. */
final class Standalone implements Topology {

  private final Dialer dialer;
  private final RedisAddress server;

  Standalone(Dialer dialer, RedisAddress server) {
    this.dialer = dialer;
    this.server = server;
  }

  @Override
  public CompletionStage<RedisAddress> locate() {
    return CompletableFuture.completedFuture(server);
  }

  @Override
  public CompletionStage<Commands> connect(RedisAddress at) {
    return dialer.connect(at).thenApply(connection -> SingleCommands.of(connection, at));
  }

  @Override
  public ShardedSubscriptions shards(RedisConnector connector) {
    return new SessionShards(dialer.keyPrefix());
  }
}
