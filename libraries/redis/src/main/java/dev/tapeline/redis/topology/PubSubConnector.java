package dev.tapeline.redis.topology;

import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisCredentials;
import dev.tapeline.redis.wire.PubSubConnection;
import dev.tapeline.redis.wire.Request;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Transports;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections that subscribe. Each is connected, encrypted if its server has TLS, logged in,
 * and speaks RESP3. All of them share one I/O thread.
 */
final class PubSubConnector {

  /** Large, so that a burst takes few system calls. */
  private static final int READ_BYTES = 1 << 16;

  private static final String DEFAULT_USER = "default";

  private final int prefixLength;
  private final int stepMillis;
  private final EventLoop thread;
  private final Bootstrap bootstrap;
  private @Nullable SslContext encryption;

  /**
   * @param prefixLength bytes that are left off each name that Redis sends
   * @param stepMillis how long connecting, encrypting and logging in may take each
   */
  PubSubConnector(int prefixLength, ClientResources resources, int stepMillis) {
    this.prefixLength = prefixLength;
    this.stepMillis = stepMillis;
    this.thread =
        resources.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass()).next();
    this.bootstrap =
        new Bootstrap()
            .group(thread)
            .channel(Transports.socketChannelClass())
            .resolver(resources.addressResolverGroup())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, stepMillis)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
  }

  /** The thread of all these connections. */
  EventLoop thread() {
    return thread;
  }

  CompletionStage<PubSubConnection> connect(RedisAddress server) {
    try {
      return new Opening(server, server.tls() ? encrypting(server) : null).start();
    } catch (SSLException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private SslHandler encrypting(RedisAddress server) throws SSLException {
    SslHandler handler =
        encryption().newHandler(ByteBufAllocator.DEFAULT, server.host(), server.port());
    handler.setHandshakeTimeoutMillis(stepMillis);
    return handler;
  }

  /** Checks the server's certificate against those that this machine trusts, and its name. */
  private synchronized SslContext encryption() throws SSLException {
    if (encryption == null) {
      encryption =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .endpointIdentificationAlgorithm("HTTPS")
              .build();
    }
    return encryption;
  }

  private static List<String> login(RedisCredentials credentials) {
    String password = credentials.password();
    String user = Objects.requireNonNullElse(credentials.username(), DEFAULT_USER);
    return password == null
        ? List.of("3", "SETNAME", RedisConnector.CLIENT_NAME)
        : List.of("3", "AUTH", user, password, "SETNAME", RedisConnector.CLIENT_NAME);
  }

  /** The steps of one connection until it is ready. A step that fails, fails the opening. */
  private final class Opening extends ChannelInitializer<Channel> {

    private final RedisAddress server;
    private final @Nullable SslHandler encrypting;
    // Kept here, as a channel that has closed meanwhile has no handlers any more.
    private final CompletableFuture<PubSubConnection> made = new CompletableFuture<>();
    private final CompletableFuture<PubSubConnection> opened = new CompletableFuture<>();

    private Opening(RedisAddress server, @Nullable SslHandler encrypting) {
      this.server = server;
      this.encrypting = encrypting;
    }

    private CompletionStage<PubSubConnection> start() {
      Future<?> connected = bootstrap.clone().handler(this).connect(server.host(), server.port());
      after(connected, this::encrypt);
      return opened;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (encrypting != null) {
        channel.pipeline().addLast(encrypting);
      }
      PubSubConnection connection = new PubSubConnection(channel, prefixLength);
      channel.pipeline().addLast(connection);
      made.complete(connection);
    }

    private void encrypt() {
      if (encrypting == null) {
        made.thenAccept(this::logIn);
      } else {
        after(encrypting.handshakeFuture(), () -> made.thenAccept(this::logIn));
      }
    }

    private void after(Future<?> step, Runnable next) {
      step.addListener(done -> {
        if (done.isSuccess()) {
          next.run();
        } else {
          opened.completeExceptionally(done.cause());
        }
      });
    }

    private void logIn(PubSubConnection connection) {
      Future<?> limit = thread.schedule(this::giveUp, stepMillis, TimeUnit.MILLISECONDS);
      opened.whenComplete((_, error) -> {
        limit.cancel(false);
        if (error != null) {
          connection.close();
        }
      });
      connection.send(greeting(connection));
    }

    private void giveUp() {
      opened.completeExceptionally(new TimeoutException("no answer to HELLO"));
    }

    private List<Request> greeting(PubSubConnection connection) {
      int database = server.database();
      List<String> login = login(server.credentials());
      if (database == 0) {
        return List.of(Request.of("HELLO", login, (_, error) -> answered(connection, error)));
      }
      return List.of(
          Request.of("HELLO", login, (_, error) -> answered(null, error)),
          Request.of(
              "SELECT",
              List.of(String.valueOf(database)),
              (_, error) -> answered(connection, error)));
    }

    /**
     * An answer to the greeting has come.
     *
     * @param ready the connection, if this was the last answer
     */
    private void answered(@Nullable PubSubConnection ready, @Nullable Throwable error) {
      if (error != null) {
        opened.completeExceptionally(error);
      } else if (ready != null) {
        opened.complete(ready);
      }
    }
  }
}
