package dev.tapeline.redis.log;

import dev.tapeline.core.DurableRules;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.topology.CommandSender;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Makes calls of the library of the logs: by FCALL on servers with functions, by EVALSHA on others.
 * Safe for all threads.
 */
public final class LogCalls {

  private final RedisConnector connector;
  private final LogLibrary library;

  /**
   * @param onlyScripts to do without functions where the server has them
   */
  public LogCalls(RedisConnector connector, DurableRules rules, boolean onlyScripts) {
    this.connector = connector;
    this.library = new LogLibrary(connector, rules, onlyScripts);
  }

  /** Brings the library to all servers of a session: its own for sure, others if they are there. */
  public CompletionStage<Void> load(RedisSession session) {
    return library.load(session);
  }

  /** Brings the library to one server. */
  public CompletionStage<Void> load(CommandSender commands, RedisAddress server) {
    return library.load(commands, server);
  }

  /** The key of a partition with the key prefix. */
  String key(int partition) {
    return connector.prefixed(Partitions.key(partition));
  }

  /** The first arguments of a call. The caller adds the others. */
  CommandArgs<String, byte[]> args(LogFunction function, int partition) {
    return new CommandArgs<>(RedisConnector.CODEC)
        .add(library.name(function))
        .add(1)
        .addKey(key(partition));
  }

  <T> Command<String, byte[], T> command(
      CommandOutput<String, byte[], T> output, CommandArgs<String, byte[]> args) {
    return new Command<>(library.type(), output, args);
  }

  /** The same call over the connection that subscribes. Its answer is one text. */
  public Request request(
      LogFunction function, int partition, List<String> args, Request.Answer answer) {
    List<String> words = new ArrayList<>(args.size() + 3);
    words.add(library.name(function));
    words.add("1");
    words.add(key(partition));
    words.addAll(args);
    return Request.of(library.type().name(), words, answer);
  }
}
