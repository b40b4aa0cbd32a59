package dev.tapeline.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to one Redis, on threads that the bus and the cache share. Whoever makes one
 * closes it, after what uses it.
 */
public final class RedisConnector implements AutoCloseable {

  /** Keys and channels are text, values and payloads bytes. */
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  static final String CLIENT_NAME = "tapeline";
  private static final Logger log = LoggerFactory.getLogger(RedisConnector.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final int THREADS = 2;
  private static final int MAX_QUEUED_COMMANDS = 1 << 20;

  private final RedisSettings settings;
  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;
  private final PubSubConnector pubSub;
  private CompletableFuture<Void> released = CompletableFuture.completedFuture(null);

  public RedisConnector(RedisSettings settings) {
    this.settings = settings;
    this.uri = uri(settings.address());
    this.resources =
        ClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .threadFactoryProvider(RedisConnector::threads)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(options());
    this.pubSub = new PubSubConnector(settings, resources, (int) CONNECT_TIMEOUT.toMillis());
  }

  /** Names the threads tapeline-redis-io-1 and so on. */
  private static ThreadFactory threads(String pool) {
    String use = pool.endsWith("EventLoop") ? "io" : pool.endsWith("timer") ? "timer" : "work";
    return new DefaultThreadFactory("tapeline-redis-" + use, true);
  }

  /** Reconnecting is {@link RedisLink}'s: a connection that has ended never comes back. */
  private static ClientOptions options() {
    return ClientOptions.builder()
        .autoReconnect(false)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .protocolVersion(ProtocolVersion.RESP3)
        .requestQueueSize(MAX_QUEUED_COMMANDS)
        .publishOnScheduler(false)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
        .socketOptions(
            SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).tcpNoDelay(true).build())
        .build();
  }

  private static RedisURI uri(RedisAddress address) {
    RedisURI uri = RedisURI.create(address.host(), address.port());
    uri.setSsl(address.tls());
    uri.setDatabase(address.database());
    uri.setTimeout(CONNECT_TIMEOUT);
    uri.setClientName(CLIENT_NAME);
    RedisCredentials credentials = address.credentials();
    String password = credentials.password();
    if (password != null) {
      uri.setCredentialsProvider(
          RedisCredentialsProvider.from(() ->
              io.lettuce.core.RedisCredentials.just(
                  credentials.username(), password.toCharArray())));
    }
    return uri;
  }

  RedisSettings settings() {
    return settings;
  }

  /** The name of a key or a channel as Redis knows it. */
  String prefixed(String name) {
    return settings.keyPrefix().concat(name);
  }

  /** One of the timer's threads, for what must not run at the same time. */
  EventExecutor thread() {
    return resources.eventExecutorGroup().next();
  }

  ScheduledExecutorService timer() {
    return resources.eventExecutorGroup();
  }

  CompletionStage<StatefulRedisConnection<String, byte[]>> connect() {
    return client.connectAsync(CODEC, uri);
  }

  CompletionStage<PubSubConnection> connectPubSub() {
    return pubSub.connect();
  }

  /** Lets {@link #close} wait for a connection that is being closed. */
  synchronized void release(CompletionStage<Void> closing) {
    released = CompletableFuture.allOf(released, closing.toCompletableFuture());
  }

  private synchronized CompletableFuture<Void> released() {
    return released;
  }

  /** Waits until the threads have ended, at most some seconds. */
  @Override
  public void close() {
    released()
        .thenCompose(_ -> client.shutdownAsync(0, 1, TimeUnit.SECONDS))
        .orTimeout(2, TimeUnit.SECONDS)
        .whenComplete((_, error) -> reportUnclean(error))
        .exceptionally(_ -> null)
        .join();
    resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
  }

  private static void reportUnclean(@Nullable Throwable error) {
    if (error != null) {
      log.warn("Redis connections were not closed in time: {}", error.toString());
    }
  }
}
