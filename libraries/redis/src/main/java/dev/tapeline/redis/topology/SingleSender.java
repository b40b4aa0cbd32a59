package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The connection for commands to one server. Any thread may call. */
public final class SingleSender implements CommandSender {

  private final StatefulRedisConnection<String, byte[]> connection;
  private final RedisAddress server;
  private final boolean mustBeMaster;
  private final CompletableFuture<String> lost = new CompletableFuture<>();

  private SingleSender(
      StatefulRedisConnection<String, byte[]> connection,
      RedisAddress server,
      boolean mustBeMaster) {
    this.connection = connection;
    this.server = server;
    this.mustBeMaster = mustBeMaster;
  }

  /** A sender to any server, master or not. */
  public static SingleSender of(
      StatefulRedisConnection<String, byte[]> connection, RedisAddress server) {
    return new SingleSender(connection, server, false).watched();
  }

  /** A sender whose server must be a master. {@link #ping} fails if it is not. */
  public static SingleSender ofMaster(
      StatefulRedisConnection<String, byte[]> connection, RedisAddress server) {
    return new SingleSender(connection, server, true).watched();
  }

  private SingleSender watched() {
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> disconnected) {
            lose("the connection was lost");
          }
        });
    if (!connection.isOpen()) {
      lose("the connection was lost");
    }
    return this;
  }

  public RedisAddress server() {
    return server;
  }

  /** Reports the sender as lost, although the connection is still open. */
  public void lose(String reason) {
    lost.complete(reason);
  }

  @Override
  public void dispatch(RedisCommand<String, byte[], ?> command) {
    connection.dispatch(command);
  }

  @Override
  public void dispatch(Collection<? extends RedisCommand<String, byte[], ?>> commands) {
    connection.dispatch(commands);
  }

  @Override
  public List<RedisAddress> servers() {
    return List.of(server);
  }

  @Override
  public RedisAddress serverOf(String key) {
    return server;
  }

  @Override
  public void dispatchAt(RedisAddress at, RedisCommand<String, byte[], ?> command) {
    connection.dispatch(command);
  }

  @Override
  public void whenLost(Consumer<String> callback) {
    var _ = lost.thenAccept(callback);
  }

  /**
   * Asks a server that must be a master for PING and ROLE at once, because a server that loads its
   * data answers ROLE all the same.
   */
  @Override
  public void ping(Consumer<@Nullable Throwable> callback) {
    if (mustBeMaster) {
      AtomicReference<@Nullable Throwable> pinged = new AtomicReference<>();
      pingOnly(pinged::set);
      askRole(problem -> callback.accept(pinged.get() == null ? problem : pinged.get()));
    } else {
      pingOnly(callback);
    }
  }

  private void pingOnly(Consumer<@Nullable Throwable> callback) {
    send(
        new Command<>(CommandType.PING, new StatusOutput<>(RedisConnector.CODEC)),
        (_, problem) -> callback.accept(problem));
  }

  /**
   * Asks for the role of the server. A user without the right to ask gets no answer, which counts
   * as a master.
   */
  private void askRole(Consumer<@Nullable Throwable> callback) {
    send(
        new Command<>(CommandType.ROLE, new ArrayOutput<>(RedisConnector.CODEC)),
        (role, problem) -> {
          if (MasterRole.isUnknown(problem)) {
            callback.accept(null);
          } else {
            callback.accept(problem == null ? judge(role) : problem);
          }
        });
  }

  private @Nullable Throwable judge(@Nullable List<Object> role) {
    boolean master =
        role != null
            && !role.isEmpty()
            && role.getFirst() instanceof byte[] name
            && "master".equals(new String(name, StandardCharsets.US_ASCII));
    return master ? null : MisplacedException.replica(server);
  }

  /**
   * Registers the callback before the command is sent, so that it runs on the thread of the
   * connection.
   */
  private <T> void send(
      Command<String, byte[], T> command, BiConsumer<@Nullable T, @Nullable Throwable> callback) {
    AsyncCommand<String, byte[], T> sent = new AsyncCommand<>(command);
    var _ = sent.whenComplete(callback);
    connection.dispatch(sent);
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    lose("it is closed");
    return connection.closeAsync();
  }
}
