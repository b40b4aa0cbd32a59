package dev.tapeline.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Transports;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
  private final Bootstrap bootstrap;
  private @Nullable SslContext encryption;

  /**
   * @param stepMillis how long connecting, encrypting and logging in may take each
   */
  PubSubConnector(RedisSettings settings, ClientResources resources, int stepMillis) {
    this.settings = settings;
    this.stepMillis = stepMillis;
    EventLoopGroup threads =
        resources.eventLoopGroupProvider().allocate(Transports.eventLoopGroupClass());
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
    CompletableFuture<PubSubConnection> opened = new CompletableFuture<>();
    try {
      ChannelFuture connected = open(settings.address().tls() ? encryption() : null);
      Channel channel = connected.channel();
      after(
          connected, opened, () -> after(encrypted(channel), opened, () -> logIn(channel, opened)));
    } catch (SSLException e) {
      opened.completeExceptionally(e);
    }
    return opened;
  }

  private ChannelFuture open(@Nullable SslContext tls) {
    return bootstrap
        .clone()
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                prepare(channel, tls);
              }
            })
        .connect(settings.address().host(), settings.address().port());
  }

  private void prepare(Channel channel, @Nullable SslContext tls) {
    if (tls != null) {
      RedisAddress address = settings.address();
      SslHandler encrypting = tls.newHandler(channel.alloc(), address.host(), address.port());
      encrypting.setHandshakeTimeoutMillis(stepMillis);
      channel.pipeline().addLast(encrypting);
    }
    channel.pipeline().addLast(new PubSubConnection(channel, settings.keyPrefix().length()));
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

  private static Future<Channel> encrypted(Channel channel) {
    SslHandler encrypting = channel.pipeline().get(SslHandler.class);
    return encrypting == null
        ? channel.eventLoop().newSucceededFuture(channel)
        : encrypting.handshakeFuture();
  }

  private static void after(
      Future<?> step, CompletableFuture<PubSubConnection> opened, Runnable next) {
    step.addListener(done -> {
      if (done.isSuccess()) {
        next.run();
      } else {
        opened.completeExceptionally(done.cause());
      }
    });
  }

  private void logIn(Channel channel, CompletableFuture<PubSubConnection> opened) {
    PubSubConnection connection = channel.pipeline().get(PubSubConnection.class);
    Future<?> limit =
        channel
            .eventLoop()
            .schedule(
                () -> opened.completeExceptionally(new TimeoutException("no answer to HELLO")),
                stepMillis,
                TimeUnit.MILLISECONDS);
    opened.whenComplete((_, error) -> {
      limit.cancel(false);
      if (error != null) {
        connection.close();
      }
    });
    connection.send(greeting(connection, opened));
  }

  private List<Request> greeting(
      PubSubConnection connection, CompletableFuture<PubSubConnection> opened) {
    int database = settings.address().database();
    Request.Answer last =
        (_, error) -> {
          if (error == null) {
            opened.complete(connection);
          } else {
            opened.completeExceptionally(error);
          }
        };
    if (database == 0) {
      return List.of(Request.of("HELLO", login(), last));
    }
    Request.Answer first =
        (_, error) -> {
          if (error != null) {
            opened.completeExceptionally(error);
          }
        };
    return List.of(
        Request.of("HELLO", login(), first),
        Request.of("SELECT", List.of(String.valueOf(database)), last));
  }

  private List<String> login() {
    RedisCredentials credentials = settings.address().credentials();
    String password = credentials.password();
    String user = Objects.requireNonNullElse(credentials.username(), DEFAULT_USER);
    return password == null
        ? List.of("3", "SETNAME", RedisConnector.CLIENT_NAME)
        : List.of("3", "AUTH", user, password, "SETNAME", RedisConnector.CLIENT_NAME);
  }
}
