package dev.tapeline.redis.cache;

import dev.tapeline.core.Cache;
import dev.tapeline.redis.topology.Pipeline;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisLink;
import dev.tapeline.redis.topology.RedisSession;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The cache on Redis, over one connection that all callers share. Commands of several callers at
 * the same time leave together. Fails at once while Redis is away.
 */
public final class RedisCache implements Cache {

  private final RedisConnector connector;
  private final RedisLink link;
  private final Pipeline pipeline;

  /**
   * Connects at once, and again whenever the connection is lost.
   *
   * @param connector stays open when the cache is closed
   */
  public RedisCache(RedisConnector connector) {
    this.connector = connector;
    this.link = new RedisLink(connector, () -> RedisSession.open(connector));
    this.pipeline = new Pipeline(link);
    link.start();
  }

  /** Whether Redis can be asked now. */
  public boolean isUp() {
    return link.live() != null;
  }

  @Override
  public CompletionStage<Map<String, String>> getAll(List<String> keys) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    List<Command<String, byte[], Map<String, String>>> asked =
        connector.together(keys).stream().map(this::get).toList();
    return asked.size() == 1
        ? pipeline.send(asked.getFirst())
        : pipeline.sendAll(asked).thenApply(_ -> found(asked));
  }

  private Command<String, byte[], Map<String, String>> get(List<String> keys) {
    return new Command<>(
        CommandType.MGET,
        new MgetOutput(keys),
        EncodedKeys.of(connector.settings().keyPrefix(), keys));
  }

  private static Map<String, String> found(
      List<Command<String, byte[], Map<String, String>>> answered) {
    Map<String, String> found = new HashMap<>();
    answered.forEach(command -> found.putAll(command.getOutput().get()));
    return found;
  }

  @Override
  public CompletionStage<List<String>> newest(String key, int count) {
    if (count <= 0) {
      return CompletableFuture.completedFuture(List.of());
    }
    return pipeline
        .send(
            new Command<>(
                CommandType.LRANGE,
                new ValueListOutput<>(RedisConnector.CODEC),
                key(key).add(0).add(count - 1)))
        .thenApply(values -> values.stream().map(RedisCache::text).toList());
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  @Override
  public CompletionStage<Void> write(List<Write> writes) {
    return pipeline.sendAll(writes.stream().flatMap(this::commands).toList());
  }

  private Stream<Command<String, byte[], ?>> commands(Write write) {
    return switch (write) {
      case Write.Put(String key, String value, var ttl) ->
          Stream.of(
              new Command<>(
                  CommandType.SET,
                  new StatusOutput<>(RedisConnector.CODEC),
                  key(key).addValue(bytes(value)).add(CommandKeyword.PX).add(ttl.toMillis())));
      case Write.Append(String key, String value, int limit, var ttl) ->
          Stream.of(
              integer(CommandType.LPUSH, key(key).addValue(bytes(value))),
              new Command<>(
                  CommandType.LTRIM,
                  new StatusOutput<>(RedisConnector.CODEC),
                  key(key).add(0).add(limit - 1)),
              integer(CommandType.PEXPIRE, key(key).add(ttl.toMillis())));
    };
  }

  private static Command<String, byte[], ?> integer(
      CommandType type, CommandArgs<String, byte[]> args) {
    return new Command<>(type, new IntegerOutput<>(RedisConnector.CODEC), args);
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private CommandArgs<String, byte[]> key(String key) {
    return args().addKey(connector.prefixed(key));
  }

  private static CommandArgs<String, byte[]> args() {
    return new CommandArgs<>(RedisConnector.CODEC);
  }

  @Override
  public void close() {
    link.close();
  }
}
