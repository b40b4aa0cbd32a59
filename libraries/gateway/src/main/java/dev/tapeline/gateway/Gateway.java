package dev.tapeline.gateway;

import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.access.audit.Audit;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Folds;
import dev.tapeline.core.SourceStatus;
import dev.tapeline.core.admin.Administration;
import dev.tapeline.core.thread.VitalThreads;
import dev.tapeline.gateway.admin.ConnectionAdministration;
import dev.tapeline.gateway.client.Client;
import dev.tapeline.gateway.client.Clients;
import dev.tapeline.gateway.client.LivenessWatch;
import dev.tapeline.gateway.client.SourceStatuses;
import dev.tapeline.gateway.client.UserSlot;
import dev.tapeline.gateway.listen.accept.Admission;
import dev.tapeline.gateway.listen.accept.ConnectPace;
import dev.tapeline.gateway.listen.accept.ConnectionCounts;
import dev.tapeline.gateway.listen.accept.ListenerBootstrap;
import dev.tapeline.gateway.listen.accept.Transport;
import dev.tapeline.gateway.listen.answer.PipelineEdge;
import dev.tapeline.gateway.listen.http.FirstRequest;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.open.ClientOpener;
import dev.tapeline.gateway.listen.open.ClientRules;
import dev.tapeline.gateway.listen.relay.RestBackend;
import dev.tapeline.gateway.listen.route.ConnectionDispatcher;
import dev.tapeline.gateway.listen.route.Drain;
import dev.tapeline.gateway.listen.route.Routing;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.gateway.meters.GatewayMeters;
import dev.tapeline.hub.lane.Lane;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.protocols.spi.ClientPublisher;
import dev.tapeline.protocols.spi.CloseReason;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.tls.LiveCertificate;
import dev.tapeline.tls.TlsOrPlain;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The gateway: listens on the public ports, serves WebSockets and streams of events from the hub,
 * and relays all other requests to the REST server.
 */
public final class Gateway implements AutoCloseable {

  /**
   * The time that a loop gets to close its connections: one that ends with its last task leaves
   * them open.
   */
  private static final int CLOSING_MILLIS = 20;

  private final GatewayConfig config;
  private final Hub hub;
  private final GatewayCounters counters = new GatewayCounters();
  private final ConnectionCounts counts;
  private final ClientAddresses addresses;
  private final ConnectionDispatcher dispatcher;
  private final Routing routing;
  private final EventLoopGroup acceptors;
  private final EventLoopGroup loops;
  private final EventLoopGroup relays;
  private final EventExecutorGroup handshakes;
  private final ExecutorService busCaller;
  private final ExecutorService publishing;
  private final Clients clients = new Clients();
  private final Administration administration;
  private final LongConsumer latency;
  private final SourceStatuses statuses = new SourceStatuses(clients);
  private final List<Channel> listeners = new ArrayList<>();
  private final List<VitalThreads> vital = new ArrayList<>();

  // Guarded by this.
  private Bus.@Nullable State busState;
  private @Nullable String refusal;

  public Gateway(GatewayConfig config, Bus bus, Folds folds, MeterRegistry meters) {
    this.config = config;
    this.counts = new ConnectionCounts(config.connections());
    this.addresses = new ClientAddresses(config.http().trustedProxies());
    this.busCaller =
        Executors.newSingleThreadExecutor(new DefaultThreadFactory("tapeline-upstream", true));
    this.hub = new Hub(config.hub(), config.kinds(), folds, bus, busCaller);
    this.publishing =
        Executors.newSingleThreadExecutor(new DefaultThreadFactory("tapeline-publish", true));
    ClientPublisher publisher =
        new ClientPublisher(bus, publishing, config.hub().maxPayloadBytes());
    Transport transport = config.listener().transport();
    int lanes = config.listener().loops();
    this.acceptors = group(1, "tapeline-accept", transport.handlers());
    this.loops = group(lanes, "tapeline-lane", transport.handlers());
    this.relays = group(1, "tapeline-relay", transport.relayHandlers());
    this.handshakes = new DefaultEventExecutorGroup(lanes, vital("tapeline-handshake"));
    Audit audit = new Audit();
    this.dispatcher = new ConnectionDispatcher(shared(publisher, audit), hub, rest(), this::onOpen);
    this.routing =
        new Routing(
            config.http(),
            config.listener().tls() != null,
            addresses,
            new ConnectPace(config.connections().rate(), System.nanoTime()),
            config.protocols().all(config.clients().pingInterval()),
            dispatcher);
    this.administration = new ConnectionAdministration(clients, hub, audit);
    this.latency = bind(meters, publisher, audit);
  }

  private LongConsumer bind(MeterRegistry meters, ClientPublisher publisher, Audit audit) {
    UserSlot.Users users = dispatcher.users();
    return GatewayMeters.bind(
        meters,
        counters,
        new GatewayMeters.Connections(
            counts::all, counts.tooFast(), users.counts()::keys, users.refused()),
        audit.refusals(),
        publisher,
        hub);
  }

  private ClientOpener.Shared shared(ClientPublisher publisher, Audit audit) {
    ClientRules rules = config.clients();
    Entitlement.SharedServices services =
        new Entitlement.SharedServices(
            rules.subscriptions(), config.authenticator(), publisher, config.names());
    return new ClientOpener.Shared(
        config.http(), rules, config.hub().maxPayloadBytes(), services, counters, audit);
  }

  private @Nullable RestBackend rest() {
    Path socket = config.restSocket();
    return socket == null ? null : new RestBackend(socket, config.listener().transport(), relays);
  }

  private EventLoopGroup group(int threads, String name, IoHandlerFactory handlers) {
    return new MultiThreadIoEventLoopGroup(threads, vital(name), handlers);
  }

  /** Makes threads without which the gateway can't serve. */
  private VitalThreads vital(String name) {
    VitalThreads threads = new VitalThreads(new DefaultThreadFactory(name, true));
    vital.add(threads);
    return threads;
  }

  /**
   * Listens on all ports, and starts the bus.
   *
   * @return the ports, in the order of the configuration
   * @throws GatewayException naming the port that can't be bound
   */
  public List<Integer> start() {
    LivenessWatch liveness = new LivenessWatch(clients, config.clients().pingInterval());
    loops.forEach(loop -> {
      EventLoop lane = (EventLoop) loop;
      dispatcher.addLane(lane, latency);
      liveness.watch(lane);
    });
    ServerBootstrap bootstrap =
        ListenerBootstrap.of(
            config.listener().transport(), acceptors, loops, paced(), this::accept);
    List<Integer> bound = new ArrayList<>();
    for (int port : config.listener().ports()) {
      ChannelFuture binding =
          bootstrap.bind(config.listener().bindHost(), port).awaitUninterruptibly();
      if (!binding.isSuccess()) {
        close();
        throw new GatewayException(
            "can't listen on %s port %d: %s"
                .formatted(config.listener().bindHost(), port, binding.cause().getMessage()));
      }
      listeners.add(binding.channel());
      bound.add(((InetSocketAddress) binding.channel().localAddress()).getPort());
    }
    hub.start(this::onBusState);
    return bound;
  }

  /** The executors that must keep up before more connections are accepted. */
  private List<EventExecutor> paced() {
    List<EventExecutor> executors = new ArrayList<>();
    loops.forEach(executors::add);
    if (config.listener().tls() != null) {
      handshakes.forEach(executors::add);
    }
    return executors;
  }

  private void accept(Channel channel) {
    counters.accepted.increment();
    HttpRules http = config.http();
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(new Admission(counts, addresses, counters.refused, http.maxHeaderBytes()));
    LiveCertificate tls = config.listener().tls();
    if (tls != null) {
      pipeline.addLast(new TlsOrPlain(tls, handshakes));
    }
    pipeline.addLast(PipelineEdge.INSTANCE);
    pipeline.addLast(
        new FirstRequest(
            routing, counters.refused, http.maxHeaderBytes(), http.handshakeTimeout().toMillis()));
  }

  private void onOpen(Client client) {
    clients.add(client);
    statuses.tellNew(client);
  }

  private synchronized void onBusState(Bus.State state) {
    busState = state;
    tellBusState();
  }

  /**
   * The bus refuses publications, for a reason that clients are told; null when it takes them
   * again.
   */
  public synchronized void busRefuses(@Nullable String reason) {
    refusal = reason;
    tellBusState();
  }

  private void tellBusState() {
    if (busState != null) {
      String live = refusal == null ? "live" : "stale";
      String word = busState == Bus.State.UP ? live : "down";
      statuses.tell(new SourceStatus("bus", word, System.currentTimeMillis(), refusal));
    }
  }

  /**
   * Tells all clients the state of a source. Later clients are told as well, unless it is {@code
   * live}.
   */
  public void status(SourceStatus status) {
    statuses.tell(status);
  }

  /** The port through which administrators look at this node and act on it. */
  public Administration administration() {
    return administration;
  }

  /** How many clients are connected. */
  public int clients() {
    return clients.count();
  }

  /** Waits until a first subscription has been granted. */
  public void awaitSubscriber() throws InterruptedException {
    hub.awaitGranted();
  }

  /** Waits while a subscriber in mode {@code all} is more than half its ring behind. */
  public void awaitRoom() throws InterruptedException {
    for (Lane lane : dispatcher.lanes()) {
      lane.awaitRoom();
    }
  }

  /**
   * Accepts no more clients, closes the connected ones spread over half the time, and tells them to
   * reconnect after the whole time.
   *
   * @return whether all were gone within the time
   */
  public boolean drain(Duration limit) throws InterruptedException {
    Drain drain = Drain.within(limit);
    routing.drain(drain);
    int _ = clients.sendAway(drain.closing(), limit, CloseReason.DRAINED);
    return clients.awaitNone(limit);
  }

  @Override
  public void close() {
    routing.drain(Drain.within(Duration.ZERO));
    listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    clients.onEachLane(client -> client.close(CloseReason.GOING_AWAY));
    loops.forEach(Gateway::awaitTasks);
    vital.forEach(VitalThreads::close);
    end(acceptors, 0);
    end(loops, CLOSING_MILLIS);
    end(relays, 0);
    end(handshakes, 0);
    busCaller.shutdown();
    publishing.shutdown();
  }

  /**
   * Waits for the tasks of a loop, because a loop that is told to end closes its connections first.
   */
  private static void awaitTasks(EventExecutor loop) {
    if (!loop.isShuttingDown()) {
      loop.submit(() -> {}).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
  }

  private static void end(EventExecutorGroup group, int quietMillis) {
    group
        .shutdownGracefully(quietMillis, 1000, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
