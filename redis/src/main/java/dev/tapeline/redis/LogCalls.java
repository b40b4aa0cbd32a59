package dev.tapeline.redis;

import dev.tapeline.core.DurableRules;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of the library of the logs: by FCALL where the server has functions, by EVALSHA
 * elsewhere. Brings the library to each server that lacks it. Safe for all threads.
 */
final class LogCalls {

  private static final Logger log = LoggerFactory.getLogger(LogCalls.class);

  private final RedisConnector connector;
  private final LogSource source;
  private final Map<LogFunction, String> digests = new EnumMap<>(LogFunction.class);
  private volatile boolean scripts;
  private final boolean onlyScripts;

  /**
   * @param onlyScripts to do without functions where the server has them
   */
  LogCalls(RedisConnector connector, DurableRules rules, boolean onlyScripts) {
    this.connector = connector;
    this.source = new LogSource(rules, connector.settings().keyPrefix(), false);
    this.onlyScripts = onlyScripts;
    this.scripts = onlyScripts;
    for (LogFunction function : LogFunction.values()) {
      digests.put(function, io.lettuce.core.codec.Base16.digest(bytes(source.script(function))));
    }
  }

  /** What names the function to the server. */
  private String name(LogFunction function) {
    return scripts ? Objects.requireNonNull(digests.get(function)) : function.text();
  }

  private CommandType type() {
    return scripts ? CommandType.EVALSHA : CommandType.FCALL;
  }

  /** The arguments of a call, to which its own are to be added. */
  CommandArgs<String, byte[]> args(LogFunction function, int partition) {
    return new CommandArgs<>(RedisConnector.CODEC)
        .add(name(function))
        .add(1)
        .addKey(connector.prefixed(Partitions.key(partition)));
  }

  <T> Command<String, byte[], T> command(
      CommandOutput<String, byte[], T> output, CommandArgs<String, byte[]> args) {
    return new Command<>(type(), output, args);
  }

  /** The same call for the connection that subscribes; its answer is one text. */
  Request request(LogFunction function, int partition, List<String> args, Request.Answer answer) {
    List<String> words = new ArrayList<>(args.size() + 3);
    words.add(name(function));
    words.add("1");
    words.add(connector.prefixed(Partitions.key(partition)));
    words.addAll(args);
    return Request.of(type().name(), words, answer);
  }

  /** Whether a call failed only because the server lacks the library. */
  static boolean isMissing(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (!(cause instanceof RedisCommandExecutionException)) {
      cause = cause == null ? null : cause.getCause();
    }
    String said = cause == null ? null : cause.getMessage();
    return cause instanceof RedisCommandExecutionException
        && said != null
        && (said.contains("Function not found")
            || said.startsWith("NOSCRIPT")
            || said.startsWith("NORULES"));
  }

  /** Brings the library to the server. Where that is not allowed, calls will fail. */
  CompletionStage<Void> load(Commands connection) {
    return (onlyScripts ? loadScripts(connection) : loadFunctions(connection))
        .exceptionally(error -> {
          if (cause(error) instanceof RedisCommandExecutionException refused
              && !String.valueOf(refused.getMessage()).startsWith("LOADING")) {
            log.warn("No durable channels: Redis refused their library: {}", refused.getMessage());
            return null;
          }
          throw new CompletionException(cause(error));
        });
  }

  private CompletionStage<Void> loadFunctions(Commands connection) {
    return loaded(connection)
        .thenCompose(text -> {
          scripts = false;
          String wanted = source.functions(text);
          return wanted.equals(text)
              ? CompletableFuture.<@Nullable Void>completedFuture(null)
              : send(
                      connection,
                      CommandType.FUNCTION,
                      status(),
                      words("LOAD", "REPLACE").addValue(bytes(wanted)))
                  .<@Nullable Void>thenApply(_ -> null);
        })
        .exceptionallyCompose(error -> {
          if (isUnknown(cause(error))) {
            scripts = true;
            return loadScripts(connection);
          }
          return CompletableFuture.failedFuture(cause(error));
        });
  }

  /** The text of the library that the server has, or null. */
  private CompletionStage<@Nullable String> loaded(Commands connection) {
    return send(
            connection,
            CommandType.FUNCTION,
            new NestedMultiOutput<>(RedisConnector.CODEC),
            words("LIST", "LIBRARYNAME", LogSource.NAME, "WITHCODE"))
        .thenApply(LogCalls::codeIn);
  }

  private static @Nullable String codeIn(Object answer) {
    return switch (answer) {
      case Collection<?> parts -> {
        for (Object part : parts) {
          String code = part == null ? null : codeIn(part);
          if (code != null) {
            yield code;
          }
        }
        yield null;
      }
      case byte[] bytes -> {
        String text = new String(bytes, StandardCharsets.UTF_8);
        yield text.startsWith("#!lua") ? text : null;
      }
      default -> null;
    };
  }

  /** Where others find how to call the scripts, as they have no names. */
  private static final String DIGESTS = "tapeline:scripts";

  private CompletionStage<Void> loadScripts(Commands connection) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    CommandArgs<String, byte[]> known =
        new CommandArgs<>(RedisConnector.CODEC).addKey(connector.prefixed(DIGESTS));
    digests.forEach((function, digest) -> {
      known.add(function.text()).add(digest);
      CommandArgs<String, byte[]> args = words("LOAD").addValue(bytes(source.script(function)));
      all.add(send(connection, CommandType.SCRIPT, status(), args).toCompletableFuture());
    });
    all.add(
        send(connection, CommandType.HSET, new IntegerOutput<>(RedisConnector.CODEC), known)
            .toCompletableFuture());
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  private static boolean isUnknown(Throwable error) {
    String said = String.valueOf(error.getMessage()).toLowerCase(java.util.Locale.ROOT);
    return error instanceof RedisCommandExecutionException && said.contains("unknown command");
  }

  private static Throwable cause(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  private static StatusOutput<String, byte[]> status() {
    return new StatusOutput<>(RedisConnector.CODEC);
  }

  private static CommandArgs<String, byte[]> words(String... words) {
    CommandArgs<String, byte[]> args = new CommandArgs<>(RedisConnector.CODEC);
    for (String word : words) {
      args.add(word);
    }
    return args;
  }

  private static <T> CompletionStage<T> send(
      Commands connection,
      ProtocolKeyword type,
      CommandOutput<String, byte[], T> output,
      CommandArgs<String, byte[]> args) {
    AsyncCommand<String, byte[], T> sent = new AsyncCommand<>(new Command<>(type, output, args));
    connection.dispatch(sent);
    return sent;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
