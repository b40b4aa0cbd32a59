package dev.tapeline.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Transports;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
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
 * Opens connections that subscribe, on the threads of the others: connected, encrypted if asked
 * for, logged in, and speaking RESP3.
 */
final class PubSubConnector {

  /** Large, so that a burst takes few system calls. */
  private static final int READ_BYTES = 1 << 16;

  private static final String DEFAULT_USER = "default";

  private final RedisSettings settings;
  private final int stepMillis;
  private final EventLoopGroup threads;
  private final Bootstrap bootstrap;
  private @Nullable SslContext encryption;

  /**
   * @param stepMillis how long connecting, encrypting and logging in may take each
   */
  PubSubConnector(RedisSettings settings, ClientResources resources, int stepMillis) {
    this.settings = settings;
    this.stepMillis = stepMillis;
    this.threads = resources.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass());
    this.bootstrap =
        new Bootstrap()
            .group(threads)
            .channel(Transports.socketChannelClass())
            .resolver(resources.addressResolverGroup())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, stepMillis)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
  }

  CompletionStage<PubSubConnection> connect() {
    try {
      return new Opening(settings.address().tls() ? encrypting() : null).start();
    } catch (SSLException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private SslHandler encrypting() throws SSLException {
    RedisAddress address = settings.address();
    SslHandler handler =
        encryption().newHandler(ByteBufAllocator.DEFAULT, address.host(), address.port());
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

  private List<String> login() {
    RedisCredentials credentials = settings.address().credentials();
    String password = credentials.password();
    String user = Objects.requireNonNullElse(credentials.username(), DEFAULT_USER);
    return password == null
        ? List.of("3", "SETNAME", RedisConnector.CLIENT_NAME)
        : List.of("3", "AUTH", user, password, "SETNAME", RedisConnector.CLIENT_NAME);
  }

  /** The way of one connection until it can be used; the step at which it is lost fails. */
  private final class Opening extends ChannelInitializer<Channel> {

    private final @Nullable SslHandler encrypting;
    // Kept here, as a channel that has closed meanwhile has no handlers any more.
    private final CompletableFuture<PubSubConnection> made = new CompletableFuture<>();
    private final CompletableFuture<PubSubConnection> opened = new CompletableFuture<>();

    private Opening(@Nullable SslHandler encrypting) {
      this.encrypting = encrypting;
    }

    private CompletionStage<PubSubConnection> start() {
      RedisAddress address = settings.address();
      Future<?> connected = bootstrap.clone().handler(this).connect(address.host(), address.port());
      after(connected, this::encrypt);
      return opened;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (encrypting != null) {
        channel.pipeline().addLast(encrypting);
      }
      PubSubConnection connection = new PubSubConnection(channel, settings.keyPrefix().length());
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
      Future<?> limit = threads.schedule(this::giveUp, stepMillis, TimeUnit.MILLISECONDS);
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
      int database = settings.address().database();
      if (database == 0) {
        return List.of(Request.of("HELLO", login(), (_, error) -> answered(connection, error)));
      }
      return List.of(
          Request.of("HELLO", login(), (_, error) -> answered(null, error)),
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
