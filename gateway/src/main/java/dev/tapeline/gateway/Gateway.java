package dev.tapeline.gateway;

import dev.tapeline.core.Bus;
import dev.tapeline.gateway.hub.Folds;
import dev.tapeline.gateway.hub.Hub;
import dev.tapeline.gateway.hub.Lane;
import dev.tapeline.gateway.hub.SourceStatus;
import dev.tapeline.gateway.protocol.Access;
import dev.tapeline.gateway.protocol.ClientLimits;
import dev.tapeline.gateway.protocol.NativeProtocol;
import dev.tapeline.gateway.protocol.Protocol;
import dev.tapeline.gateway.protocol.TickStream;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listener on the public ports, and all that is behind it: WebSocket paths are served by the
 * hub, everything else is relayed to the REST server.
 */
public final class Gateway implements AutoCloseable {

  private static final int SEND_BUFFER = 128 << 10;
  private static final WriteBufferWaterMark WATERMARK = new WriteBufferWaterMark(1, 64 << 10);
  private static final int BACKLOG = 4096;
  private static final int CHECKS_PER_PING = 8;
  private static final long LOOK_AGAIN_MILLIS = 2;

  private final GatewayConfig config;
  private final Hub hub;
  private final GatewayCounters counters = new GatewayCounters();
  private final ConnectionCounts counts;
  private final ClientAddresses addresses;
  private final Map<String, Protocol> protocols;
  private final EventLoopGroup acceptors;
  private final EventLoopGroup loops;
  private final EventLoopGroup relays;
  private final ExecutorService busCaller;
  private final Map<EventLoop, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final Map<String, SourceStatus> statuses = new ConcurrentHashMap<>();
  private final List<Channel> listeners = new ArrayList<>();
  private volatile boolean draining;

  public Gateway(GatewayConfig config, Bus bus, Folds folds, MeterRegistry meters) {
    this.config = config;
    this.counts = new ConnectionCounts(config.maxConnections(), config.maxConnectionsPerAddress());
    this.addresses = new ClientAddresses(config.trustedProxies());
    this.busCaller =
        Executors.newSingleThreadExecutor(new DefaultThreadFactory("tapeline-upstream", true));
    this.hub =
        new Hub(
            new Hub.Limits(
                config.maxChannels(),
                config.ringBytes(),
                config.ringsTotalBytes(),
                config.maxPayloadBytes()),
            config.kinds(),
            folds,
            bus,
            busCaller);
    ClientLimits limits = new ClientLimits(config.maxChannelsPerClient(), config.maxWildcards());
    Protocol nativeProtocol = new NativeProtocol(limits, Access.OPEN);
    this.protocols =
        Map.of("/ws", nativeProtocol, "/", nativeProtocol, "/stream/ticks", new TickStream());
    Transport transport = config.transport();
    this.acceptors = group(1, "tapeline-accept", transport.handlers());
    this.loops = group(config.lanes(), "tapeline-lane", transport.handlers());
    this.relays = group(1, "tapeline-relay", transport.relayHandlers());
    GatewayMeters.bind(meters, counters, counts, hub);
  }

  private static EventLoopGroup group(int threads, String name, IoHandlerFactory handlers) {
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
  }

  /**
   * Listens on all ports, and starts the bus.
   *
   * @return the ports, in the order of the configuration
   * @throws GatewayException if a port can't be had, naming it
   */
  public List<Integer> start() {
    loops.forEach(loop -> {
      EventLoop lane = (EventLoop) loop;
      lanes.put(lane, hub.addLane(lane));
      watch(lane);
    });
    hub.onBusState(this::onBusState);
    ServerBootstrap bootstrap = bootstrap();
    List<Integer> bound = new ArrayList<>();
    for (int port : config.ports()) {
      ChannelFuture binding = bootstrap.bind(config.bindHost(), port).awaitUninterruptibly();
      if (!binding.isSuccess()) {
        close();
        throw new GatewayException(
            "can't listen on %s port %d: %s"
                .formatted(config.bindHost(), port, binding.cause().getMessage()));
      }
      listeners.add(binding.channel());
      bound.add(((InetSocketAddress) binding.channel().localAddress()).getPort());
    }
    hub.start();
    return bound;
  }

  private ServerBootstrap bootstrap() {
    Transport transport = config.transport();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors, loops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATERMARK)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                });
    transport.childOptions().forEach((option, value) -> set(bootstrap, option, value));
    return bootstrap;
  }

  @SuppressWarnings("unchecked")
  private static <T> void set(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
    bootstrap.childOption(option, (T) value);
  }

  private void accept(Channel channel) {
    counters.accepted.increment();
    channel
        .pipeline()
        .addLast(new Admission(counts, addresses, counters.refused))
        .addLast(
            new FirstRequest(
                this::route, config.maxHeaderBytes(), config.handshakeTimeout().toMillis()));
  }

  private void route(ChannelHandlerContext ctx, RequestHead head, ByteBuf bytes) {
    InetAddress peer = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
    InetAddress client = addresses.of(peer, head.headers().getAll(ClientAddresses.FORWARDED_FOR));
    Protocol protocol = protocols.get(head.path());
    HttpRefusal refusal = refusal(ctx, head, protocol, client);
    if (refusal != null) {
      bytes.release();
      counters.refused.increment();
      refusal.send(ctx.channel());
    } else if (protocol != null && head.isUpgrade()) {
      upgrade(ctx, protocol, client, bytes);
    } else {
      relay(ctx, bytes);
    }
  }

  private @Nullable HttpRefusal refusal(
      ChannelHandlerContext ctx,
      RequestHead head,
      @Nullable Protocol protocol,
      InetAddress client) {
    if (!ctx.pipeline().get(Admission.class).countAs(client)) {
      return HttpRefusal.TOO_MANY_FROM_ADDRESS;
    }
    if (protocol == null || (head.path().equals("/") && !head.isUpgrade())) {
      return config.restSocket().isPresent() ? null : HttpRefusal.NOT_FOUND;
    }
    if (!head.isUpgrade()) {
      return HttpRefusal.UPGRADE_REQUIRED;
    }
    if (draining) {
      return HttpRefusal.DRAINING;
    }
    String origin = head.headers().get("Origin");
    boolean allowed =
        origin == null
            || config.allowedOrigins().isEmpty()
            || config.allowedOrigins().stream().anyMatch(origin::equalsIgnoreCase);
    return allowed ? null : HttpRefusal.FORBIDDEN_ORIGIN;
  }

  private void upgrade(
      ChannelHandlerContext ctx, Protocol protocol, InetAddress client, ByteBuf bytes) {
    Lane lane = lanes.get(ctx.channel().eventLoop());
    if (lane == null) {
      throw new IllegalStateException("a connection on a loop that is no lane");
    }
    new Upgrade(protocol, client, hub, lane, config, counters, this::onOpen)
        .install(ctx.pipeline());
    ctx.fireChannelRead(bytes);
  }

  private void relay(ChannelHandlerContext ctx, ByteBuf bytes) {
    counters.relayed.increment();
    new Relay(
            config.restSocket().orElseThrow(),
            config.transport(),
            relays,
            () -> new RequestBoundaries(this::isOurs, config.maxHeaderBytes()),
            this::route)
        .take(ctx, bytes);
  }

  private boolean isOurs(RequestHead head) {
    return head.isUpgrade() && protocols.containsKey(head.path());
  }

  private void onOpen(Client client) {
    clients.add(client);
    client.session().channel().closeFuture().addListener(closed -> clients.remove(client));
    statuses.values().stream()
        .filter(status -> !status.state().equals("live"))
        .forEach(client.conversation()::onStatus);
  }

  private void onBusState(Bus.State state) {
    String word = state == Bus.State.UP ? "live" : "down";
    status(new SourceStatus("bus", word, System.currentTimeMillis()));
  }

  /** Tells all clients; those that come later are told if the state is not {@code live}. */
  public void status(SourceStatus status) {
    SourceStatus before = statuses.put(status.source(), status);
    boolean news =
        before == null ? !status.state().equals("live") : !before.state().equals(status.state());
    if (news) {
      clients.forEach(client ->
          client
              .session()
              .channel()
              .eventLoop()
              .execute(() -> client.conversation().onStatus(status)));
    }
  }

  /** Looks after the signs of life of a lane's clients, an eighth of them each time. */
  private void watch(EventLoop loop) {
    long nanos = config.pingInterval().toNanos() / CHECKS_PER_PING;
    int[] turn = {0};
    loop.scheduleAtFixedRate(
        () -> check(loop, turn[0]++ % CHECKS_PER_PING), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void check(EventLoop loop, int part) {
    long now = System.nanoTime();
    long pingNanos = config.pingInterval().toNanos();
    for (Client client : clients) {
      if (client.session().channel().eventLoop().equals(loop)
          && Math.floorMod(System.identityHashCode(client), CHECKS_PER_PING) == part) {
        client.check(now, pingNanos);
      }
    }
  }

  /** How many clients are connected. */
  public int clients() {
    return clients.size();
  }

  /** Waits until some client has been told that it is subscribed to something. */
  public void awaitSubscriber() throws InterruptedException {
    while (hub.counters().granted.sum() == 0) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /** Waits while a subscriber to each publication is past half its ring behind. */
  public void awaitRoom() throws InterruptedException {
    for (Lane lane : hub.lanes()) {
      while (lane.isBehind()) {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    }
  }

  /**
   * Takes no more clients, tells those that are here to come back later, spread over half the time,
   * and closes them.
   *
   * @return whether all were gone within the time
   */
  public boolean drain(Duration limit) throws InterruptedException {
    draining = true;
    long half = Math.max(1, limit.toMillis() / 2);
    for (Client client : clients) {
      EventLoop loop = client.session().channel().eventLoop();
      long delay = ThreadLocalRandom.current().nextLong(half);
      loop.execute(() -> client.conversation().onReconnect(delay));
      loop.schedule(() -> client.close(CloseReason.DRAINED), delay, TimeUnit.MILLISECONDS);
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (!clients.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
    return clients.isEmpty();
  }

  @Override
  public void close() {
    draining = true;
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    for (Client client : clients) {
      client.session().channel().eventLoop().execute(() -> client.close(CloseReason.GOING_AWAY));
    }
    for (EventLoopGroup group : List.of(acceptors, loops, relays)) {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
    busCaller.shutdown();
  }
}
