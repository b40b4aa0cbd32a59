package dev.tapeline.redis.topology;

import dev.tapeline.core.thread.VitalThreads;
import dev.tapeline.redis.address.ClusterAddress;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisCredentials;
import dev.tapeline.redis.wire.PubSubConnection;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections to given servers, on I/O threads that it owns. */
public final class Dialer implements AutoCloseable {

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Logger log = LoggerFactory.getLogger(Dialer.class);
  private static final int THREADS = 2;
  private static final int MAX_QUEUED_COMMANDS = 1 << 20;

  private final String keyPrefix;
  private final ClientResources resources;
  private final RedisClient client;
  private final PubSubConnector pubSub;
  private final Queue<VitalThreads> vital = new ConcurrentLinkedQueue<>();
  private CompletableFuture<Void> released = CompletableFuture.completedFuture(null);

  /**
   * @param keyPrefix is left off the names of channels that come
   */
  Dialer(String keyPrefix) {
    this.keyPrefix = keyPrefix;
    this.resources =
        ClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .threadFactoryProvider(this::threads)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
            .nettyCustomizer(new ChannelTuning())
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(options());
    int stepMillis = (int) CONNECT_TIMEOUT.toMillis();
    this.pubSub = new PubSubConnector(keyPrefix.length(), resources, stepMillis);
  }

  /** Names the threads tapeline-redis-io-1 and so on. */
  private ThreadFactory threads(String pool) {
    String use = pool.endsWith("EventLoop") ? "io" : pool.endsWith("timer") ? "timer" : "work";
    VitalThreads threads =
        new VitalThreads(new DefaultThreadFactory("tapeline-redis-" + use, true));
    vital.add(threads);
    return threads;
  }

  /**
   * The options of each client. {@link RedisLink} opens new connections, so a lost connection never
   * reconnects itself.
   */
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
    uri.setClientName(RedisConnector.CLIENT_NAME);
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

  public String keyPrefix() {
    return keyPrefix;
  }

  public ScheduledExecutorService timer() {
    return resources.eventExecutorGroup();
  }

  /** One of the timer's threads. */
  EventExecutor thread() {
    return resources.eventExecutorGroup().next();
  }

  /** The thread of all connections that subscribe. */
  public Executor pubSubThread() {
    return pubSub.thread();
  }

  public CompletionStage<StatefulRedisConnection<String, byte[]>> connect(RedisAddress server) {
    return client.connectAsync(RedisConnector.CODEC, uri(server));
  }

  CompletionStage<PubSubConnection> connectPubSub(RedisAddress server) {
    return pubSub.connect(server);
  }

  /** A connection to a sentinel, for its announcements and for questions. */
  public CompletionStage<StatefulRedisPubSubConnection<String, String>> connectSentinel(
      RedisAddress sentinel) {
    return client.connectPubSubAsync(StringCodec.UTF8, uri(sentinel));
  }

  /** A client that reads the map of a cluster when it is asked to. */
  public RedisClusterClient clusterClient(ClusterAddress cluster) {
    RedisClusterClient topology =
        RedisClusterClient.create(resources, cluster.nodes().stream().map(Dialer::uri).toList());
    topology.setOptions(ClusterClientOptions.builder(options()).build());
    return topology;
  }

  /** Makes {@link #close} wait for a connection that is being closed. */
  public synchronized void release(CompletionStage<Void> closing) {
    released = CompletableFuture.allOf(released, closing.toCompletableFuture());
  }

  private synchronized CompletableFuture<Void> released() {
    return released;
  }

  /** Waits until the threads have ended, at most some seconds. */
  @Override
  public void close() {
    vital.forEach(VitalThreads::close);
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
