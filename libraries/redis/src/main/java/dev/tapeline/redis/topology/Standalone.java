package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.wire.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The topology of a single server. It must be a master, because a replica takes no writes. Another
 * server may answer under the same name in the next session.
 */
public final class Standalone implements Topology {

  private final Dialer dialer;
  private final RedisAddress server;

  public Standalone(Dialer dialer, RedisAddress server) {
    this.dialer = dialer;
    this.server = server;
  }

  @Override
  public CompletionStage<RedisAddress> locate() {
    return CompletableFuture.completedFuture(server);
  }

  @Override
  public CompletionStage<CommandSender> connect(RedisAddress at) {
    return dialer.connect(at).thenApply(connection -> SingleSender.ofMaster(connection, at));
  }

  @Override
  public Request pulse(Consumer<@Nullable Throwable> callback) {
    return MasterRole.ask(server, callback);
  }

  @Override
  public ShardedSubscriptions shards(RedisConnector connector) {
    return new SessionShards(dialer.keyPrefix());
  }
}
