package dev.tapeline.redis.lease;

import dev.tapeline.core.Nodes;
import dev.tapeline.redis.log.LogEntry;
import dev.tapeline.redis.topology.Pipeline;
import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The nodes that share a Redis, in one hash, over the connection of the leases. */
public final class RedisNodes implements Nodes {

  static final String KEY = "tapeline:nodes";
  private static final String SCRIPT = RedisLeases.read("nodes.lua");

  private final RedisConnector connector;
  private final Pipeline pipeline;

  public RedisNodes(RedisConnector connector, RedisLeases leases) {
    this.connector = connector;
    this.pipeline = leases.pipeline();
  }

  @Override
  public CompletionStage<String> tell(String node, String report) {
    CommandArgs<String, byte[]> args =
        args("TELL").addKey(node).addKey(report).add(KEPT.toMillis()).add(MAX);
    return pipeline
        .send(new Command<>(CommandType.EVAL, new ByteArrayOutput<>(RedisConnector.CODEC), args))
        .thenApply(LogEntry::text);
  }

  @Override
  public CompletionStage<Void> leave(String node) {
    CommandArgs<String, byte[]> args = args("LEAVE").addKey(node);
    return pipeline
        .send(new Command<>(CommandType.EVAL, new IntegerOutput<>(RedisConnector.CODEC), args))
        .thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Listing> list() {
    return pipeline
        .send(
            new Command<>(
                CommandType.EVAL,
                new ArrayOutput<>(RedisConnector.CODEC),
                args("LIST").add(KEPT.toMillis())))
        .thenApply(RedisNodes::listing);
  }

  private CommandArgs<String, byte[]> args(String verb) {
    return new CommandArgs<>(RedisConnector.CODEC)
        .add(SCRIPT)
        .add(1)
        .addKey(connector.prefixed(KEY))
        .add(verb);
  }

  private static Listing listing(List<Object> answer) {
    List<Told> nodes = new ArrayList<>();
    for (int i = 1; i + 1 < answer.size(); i += 2) {
      String[] parts = text(answer.get(i + 1)).split(" ", 2);
      nodes.add(new Told(text(answer.get(i)), Long.parseLong(parts[0]), parts[1]));
    }
    nodes.sort(Comparator.comparing(Told::node));
    return new Listing(Long.parseLong(text(answer.getFirst())), nodes);
  }

  private static String text(Object bytes) {
    return LogEntry.text((byte[]) bytes);
  }
}
