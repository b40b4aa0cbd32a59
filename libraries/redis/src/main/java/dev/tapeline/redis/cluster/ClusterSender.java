package dev.tapeline.redis.cluster;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.topology.CommandSender;
import dev.tapeline.redis.topology.MisplacedException;
import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the commands of a session in a cluster: each to the master that has the slot of its first
 * key, over one connection a master. It follows redirections. It is lost when any of its
 * connections is lost.
 *
 * <p>It does not resend calls of the logs after a redirection, because their caller must keep their
 * order. It refuses calls that Redis wants tried at the target of a moving slot, because a
 * partition has several keys, some of which may still be at the source.
 *
 * <p>It sends plain publications to the session's own node, whatever their channel. Each node
 * forwards them to all others. Over one connection they keep their order and depend on no other
 * node.
 */
final class ClusterSender implements CommandSender {

  static final int MAX_REDIRECTS = 5;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ClusterTopology topology;
  private final RedisAddress home;
  private final Map<RedisAddress, ClusterNode> nodes = new ConcurrentHashMap<>();
  private final CompletableFuture<String> lost = new CompletableFuture<>();

  private ClusterSender(ClusterTopology topology, RedisAddress home) {
    this.topology = topology;
    this.home = home;
  }

  /** Connects to the session's own node. The connections to other nodes follow. */
  static CompletionStage<CommandSender> open(ClusterTopology topology, RedisAddress home) {
    ClusterSender commands = new ClusterSender(topology, home);
    return commands
        .nodeAt(home)
        .opened()
        .thenApply(_ -> {
          commands.connectMasters();
          return commands;
        });
  }

  private void connectMasters() {
    topology.map().masters().forEach(this::nodeAt);
  }

  /**
   * The connection to a node. A connection that could not be made is tried again a little later.
   */
  private ClusterNode nodeAt(RedisAddress server) {
    return nodes.compute(server, (_, known) -> isUsable(known) ? known : open(server));
  }

  private boolean isUsable(@Nullable ClusterNode known) {
    return known != null && (lost.isDone() || !known.hasFailed() || known.ageNanos() < RETRY_NANOS);
  }

  private ClusterNode open(RedisAddress server) {
    ClusterNode node = ClusterNode.open(topology.dialer(), server, lost::complete);
    var _ =
        node.opened()
            .exceptionally(_ -> {
              topology.readSoon();
              return node;
            });
    if (lost.isDone()) {
      topology.dialer().release(node.closeAsync());
    }
    return node;
  }

  @Override
  public void dispatch(RedisCommand<String, byte[], ?> command) {
    dispatch(List.of(command));
  }

  @Override
  public void dispatch(Collection<? extends RedisCommand<String, byte[], ?>> commands) {
    Map<RedisAddress, List<Routed<?>>> byNode = new LinkedHashMap<>();
    for (RedisCommand<String, byte[], ?> command : commands) {
      RedisAddress server = serverFor(command);
      if (server == null) {
        command.completeExceptionally(new MisplacedException("no node has the key's slot"));
      } else {
        byNode.computeIfAbsent(server, _ -> new ArrayList<>()).add(new Routed<>(command, server));
      }
    }
    byNode.forEach(this::send);
  }

  @Override
  public List<RedisAddress> servers() {
    return topology.map().masters();
  }

  @Override
  public @Nullable RedisAddress serverOf(String key) {
    return topology.map().ownerOf(SlotHash.getSlot(key));
  }

  @Override
  public void dispatchAt(RedisAddress server, RedisCommand<String, byte[], ?> command) {
    nodeAt(server).send(List.of(command));
  }

  private @Nullable RedisAddress serverFor(RedisCommand<String, byte[], ?> command) {
    CommandArgs<String, byte[]> args = command.getArgs();
    ByteBuffer key = args == null ? null : args.getFirstEncodedKey();
    if (key == null || command.getType() == CommandType.PUBLISH) {
      return home;
    }
    RedisAddress owner = topology.map().ownerOf(SlotHash.getSlot(key));
    if (owner == null) {
      topology.readSoon();
    }
    return owner;
  }

  private void send(
      RedisAddress server, Collection<? extends RedisCommand<String, byte[], ?>> commands) {
    nodeAt(server).send(commands);
  }

  @Override
  public void whenLost(Consumer<String> callback) {
    var _ = lost.thenAccept(callback);
  }

  /** Checks all nodes, and asks the session's own node for an answer. Called each second. */
  @Override
  public void ping(Consumer<@Nullable Throwable> callback) {
    connectMasters();
    topology.readIfOlderThan(ClusterTopology.PERIOD_NANOS);
    nodes.forEach((server, node) -> {
      if (node.checkHealth() == ClusterNode.Health.SILENT) {
        lost.complete(server.hostAndPort() + " does not answer");
      }
    });
    nodeAt(home).ping(callback);
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    lost.complete("it is closed");
    return CompletableFuture.allOf(
        nodes.values().stream()
            .map(node -> node.closeAsync().toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /** A command that follows a redirection before its caller hears of it. */
  private final class Routed<T> extends CommandWrapper<String, byte[], T> {

    private final RedisAddress server;
    private final int redirects;

    private Routed(RedisCommand<String, byte[], T> command, RedisAddress server) {
      this(command, server, 0);
    }

    private Routed(RedisCommand<String, byte[], T> command, RedisAddress server, int redirects) {
      super(command);
      this.server = server;
      this.redirects = redirects;
    }

    @Override
    public void complete() {
      Redirect redirect =
          getOutput() == null || redirects == MAX_REDIRECTS
              ? null
              : Redirect.parse(getOutput().getError());
      if (redirect == null) {
        super.complete();
        return;
      }
      RedisAddress to = topology.follow(redirect, server);
      if (isOfLogs()) {
        super.complete();
      } else {
        follow(redirect, to);
      }
    }

    private boolean isOfLogs() {
      return getType() == CommandType.FCALL || getType() == CommandType.EVALSHA;
    }

    private void follow(Redirect redirect, RedisAddress to) {
      getOutput().setError((String) null);
      Routed<T> again = new Routed<>(command, to, redirects + 1);
      send(to, redirect.asking() ? List.of(asking(), again) : List.of(again));
    }

    private static Command<String, byte[], String> asking() {
      return new Command<>(
          CommandType.ASKING,
          new StatusOutput<>(RedisConnector.CODEC),
          new CommandArgs<>(RedisConnector.CODEC));
    }
  }
}
