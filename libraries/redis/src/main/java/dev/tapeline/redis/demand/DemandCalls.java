package dev.tapeline.redis.demand;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tapeline.core.Nodes;
import dev.tapeline.redis.topology.Pipeline;
import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.ByteArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What nodes ask Redis about their demand. Each call is answered, or fails, within some seconds.
 * Safe for all threads.
 */
final class DemandCalls {

  /** How long a node is kept in its register after its last word. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final long PATIENCE_MILLIS = 5_000;
  private static final String TELL = read("tell.lua");
  private static final String LOOK = read("look.lua");
  private static final String READ = read("read.lua");

  private final Pipeline pipeline;
  private final DemandKeys keys;

  DemandCalls(RedisConnector connector, Pipeline pipeline) {
    this.pipeline = pipeline;
    this.keys = new DemandKeys(connector);
  }

  private static String read(String name) {
    try (InputStream in = DemandCalls.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Some of what a node tells.
   *
   * @param before the number of the change before these
   * @param seq the number of these; that of the change before if there are none
   * @param anew whether what was told before is to be forgotten
   * @param whole whether all is told with this
   */
  record Telling(long before, long seq, boolean anew, boolean whole, List<WishChange> changes) {}

  /** Tells changes; false if Redis does not have what was told before. */
  CompletionStage<Boolean> tell(String node, Telling telling) {
    CommandArgs<String, byte[]> args =
        script(TELL, keys.allOf(node))
            .add("TELL")
            .addValue(bytes(node))
            .add(telling.before)
            .add(telling.seq)
            .add(telling.anew ? 1 : 0)
            .add(telling.whole ? 1 : 0)
            .add(KEPT.toMillis())
            .add(Nodes.MAX);
    for (WishChange change : telling.changes) {
      args.add(DemandKeys.bucketOf(change.selector().text())).addValue(bytes(change.text()));
    }
    return send(args).thenApply("OK"::equals);
  }

  /** Takes all back, as the node ends. */
  CompletionStage<String> leave(String node) {
    return send(
        script(TELL, keys.allOf(node)).add("LEAVE").addValue(bytes(node)).add(KEPT.toMillis()));
  }

  private CompletionStage<String> send(CommandArgs<String, byte[]> args) {
    return inTime(
        pipeline
            .send(eval(new ByteArrayOutput<>(RedisConnector.CODEC), args))
            .thenApply(answer -> new String(answer, UTF_8)));
  }

  /**
   * The nodes of each group.
   *
   * @param probing fail for a group whose register can't be written now
   */
  List<CompletableFuture<List<RegisterEntry>>> look(boolean probing) {
    List<Command<String, byte[], List<Object>>> commands =
        IntStream.range(0, DemandKeys.GROUPS)
            .mapToObj(keys::register)
            .map(key -> probing ? probe(key) : all(key))
            .toList();
    return pipeline.sendEach(commands).stream()
        .map(answer -> inTime(answer.thenApply(DemandCalls::entries)).toCompletableFuture())
        .toList();
  }

  private static Command<String, byte[], List<Object>> probe(String register) {
    return eval(
        new ArrayOutput<>(RedisConnector.CODEC),
        script(LOOK, List.of(register)).add(KEPT.toMillis()));
  }

  private static Command<String, byte[], List<Object>> all(String hash) {
    return new Command<>(
        CommandType.HGETALL,
        new ArrayOutput<>(RedisConnector.CODEC),
        new CommandArgs<>(RedisConnector.CODEC).addKey(hash));
  }

  private static List<RegisterEntry> entries(List<Object> answer) {
    List<RegisterEntry> entries = new ArrayList<>();
    for (int i = 0; i + 1 < answer.size(); i += 2) {
      RegisterEntry entry = RegisterEntry.parse(text(answer.get(i)), text(answer.get(i + 1)));
      if (entry != null) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The wishes in one bucket of a node. */
  CompletionStage<List<String>> bucket(String node, int bucket) {
    return inTime(
        pipeline
            .send(all(keys.bucket(node, bucket)))
            .thenApply(answer ->
                IntStream.range(0, answer.size() / 2)
                    .mapToObj(i -> text(answer.get(2 * i)))
                    .toList()));
  }

  /**
   * What a node has changed.
   *
   * @param seq the number of the last change
   */
  record Changes(long seq, List<WishChange> changes) {}

  /** What a node has changed since; null if Redis no longer has all of that. */
  CompletionStage<@Nullable Changes> changes(String node, long since) {
    List<String> both = List.of(keys.register(DemandKeys.groupOf(node)), keys.log(node));
    return inTime(
        pipeline
            .send(
                eval(
                    new ArrayOutput<>(RedisConnector.CODEC),
                    script(READ, both).addValue(bytes(node)).add(since)))
            .thenApply(DemandCalls::parsed));
  }

  private static @Nullable Changes parsed(List<Object> answer) {
    if (answer.isEmpty()) {
      return null;
    }
    List<WishChange> changes =
        answer.stream()
            .skip(1)
            .flatMap(lines -> text(lines).lines())
            .map(WishChange::parse)
            .filter(Objects::nonNull)
            .toList();
    return new Changes(Long.parseLong(text(answer.getFirst())), changes);
  }

  private static <T extends @Nullable Object> CompletionStage<T> inTime(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static <T> Command<String, byte[], T> eval(
      CommandOutput<String, byte[], T> output, CommandArgs<String, byte[]> args) {
    return new Command<>(CommandType.EVAL, output, args);
  }

  private static CommandArgs<String, byte[]> script(String script, List<String> keys) {
    return new CommandArgs<>(RedisConnector.CODEC).add(script).add(keys.size()).addKeys(keys);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, UTF_8);
  }
}
