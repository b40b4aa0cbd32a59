package dev.tapeline.redis.log;

import dev.tapeline.core.DurableRules;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.topology.CommandSender;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisSession;
import dev.tapeline.redis.topology.Refusals;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.codec.Base16;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the library of the logs into servers: as functions, or as scripts where there are no
 * functions. Each master of a cluster needs it; replicas get it from their masters. Safe for all
 * threads.
 */
final class LogLibrary {

  /** How long a session waits for masters other than its own. */
  private static final long OTHERS_MILLIS = 500;

  /** The hash by which publishers outside find the digests of the scripts, which have no names. */
  private static final String DIGESTS = "tapeline:scripts";

  private static final Logger log = LoggerFactory.getLogger(LogLibrary.class);

  private final RedisConnector connector;
  private final LogSource source;
  private final Map<LogFunction, String> digests = new EnumMap<>(LogFunction.class);
  private final boolean onlyScripts;
  private volatile boolean scripts;
  private volatile @Nullable String complaint;

  /**
   * @param onlyScripts to do without functions where the server has them
   */
  LogLibrary(RedisConnector connector, DurableRules rules, boolean onlyScripts) {
    this.connector = connector;
    RedisSettings settings = connector.settings();
    this.source = new LogSource(rules, settings.keyPrefix(), settings.isCluster());
    this.onlyScripts = onlyScripts;
    this.scripts = onlyScripts;
    for (LogFunction function : LogFunction.values()) {
      digests.put(function, Base16.digest(bytes(source.script(function))));
    }
  }

  /** The name or digest of a function for a server. */
  String name(LogFunction function) {
    return scripts ? Objects.requireNonNull(digests.get(function)) : function.text();
  }

  CommandType type() {
    return scripts ? CommandType.EVALSHA : CommandType.FCALL;
  }

  /**
   * Loads the library into all servers: into the session's own for sure, into others if they are
   * there.
   */
  CompletionStage<Void> load(RedisSession session) {
    CompletableFuture<?>[] others =
        session.commands().servers().stream()
            .filter(server -> !server.equals(session.server()))
            .map(server -> load(session.commands(), server).exceptionally(_ -> null))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new);
    return load(session.commands(), session.server())
        .thenCompose(_ ->
            CompletableFuture.allOf(others)
                .completeOnTimeout(null, OTHERS_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** Loads the library into one server. If the server refuses it, later calls fail. */
  CompletionStage<Void> load(CommandSender commands, RedisAddress server) {
    At at = new At(commands, server);
    return (onlyScripts ? at.loadScripts() : at.loadFunctions())
        .exceptionally(error -> {
          if (LogFault.cause(error) instanceof RedisCommandExecutionException refused
              && !String.valueOf(refused.getMessage()).startsWith("LOADING")) {
            complain(String.valueOf(refused.getMessage()));
            return null;
          }
          throw new CompletionException(LogFault.cause(error));
        });
  }

  private void complain(String refusal) {
    boolean toldElsewhere = Refusals.isOfServer(refusal) || Refusals.isOfReplica(refusal);
    if (!toldElsewhere && !refusal.equals(complaint)) {
      complaint = refusal;
      log.warn("No durable channels: Redis refused their library: {}", refusal);
    }
  }

  private static boolean isUnknown(Throwable error) {
    String said = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return error instanceof RedisCommandExecutionException && said.contains("unknown command");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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

  /** One server. */
  private final class At {

    private final CommandSender commands;
    private final RedisAddress server;

    private At(CommandSender commands, RedisAddress server) {
      this.commands = commands;
      this.server = server;
    }

    private CompletionStage<Void> loadFunctions() {
      return loaded()
          .thenCompose(text -> {
            scripts = false;
            String wanted = source.functions(text);
            return wanted.equals(text)
                ? CompletableFuture.<@Nullable Void>completedFuture(null)
                : send(
                        CommandType.FUNCTION,
                        status(),
                        words("LOAD", "REPLACE").addValue(bytes(wanted)))
                    .<@Nullable Void>thenApply(_ -> null);
          })
          .exceptionallyCompose(error -> {
            if (isUnknown(LogFault.cause(error))) {
              scripts = true;
              return loadScripts();
            }
            return CompletableFuture.failedFuture(LogFault.cause(error));
          });
    }

    /** The text of the library on the server, or null. */
    private CompletionStage<@Nullable String> loaded() {
      return send(
              CommandType.FUNCTION,
              new NestedMultiOutput<>(RedisConnector.CODEC),
              words("LIST", "LIBRARYNAME", LogSource.NAME, "WITHCODE"))
          .thenApply(LogLibrary::codeIn);
    }

    private CompletionStage<Void> loadScripts() {
      List<CompletableFuture<?>> all = new ArrayList<>();
      CommandArgs<String, byte[]> known =
          new CommandArgs<>(RedisConnector.CODEC).addKey(connector.prefixed(DIGESTS));
      digests.forEach((function, digest) -> {
        known.add(function.text()).add(digest);
        CommandArgs<String, byte[]> args = words("LOAD").addValue(bytes(source.script(function)));
        all.add(send(CommandType.SCRIPT, status(), args).toCompletableFuture());
      });
      all.add(tell(known));
      return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /**
     * Publishes the digests of the scripts. They have a key, so that in a cluster one node holds
     * them.
     */
    private CompletableFuture<Long> tell(CommandArgs<String, byte[]> known) {
      AsyncCommand<String, byte[], Long> sent =
          new AsyncCommand<>(
              new Command<>(CommandType.HSET, new IntegerOutput<>(RedisConnector.CODEC), known));
      commands.dispatch(sent);
      return sent;
    }

    private <T> CompletionStage<T> send(
        ProtocolKeyword type,
        CommandOutput<String, byte[], T> output,
        CommandArgs<String, byte[]> args) {
      AsyncCommand<String, byte[], T> sent = new AsyncCommand<>(new Command<>(type, output, args));
      commands.dispatchAt(server, sent);
      return sent;
    }
  }
}
