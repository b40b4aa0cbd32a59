package dev.tapeline.gateway.listen;

import dev.tapeline.access.audit.Audit;
import dev.tapeline.gateway.client.Client;
import dev.tapeline.gateway.client.UserSlot;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.hub.lane.Lane;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.protocols.spi.ClientLimits;
import dev.tapeline.protocols.spi.ClientPublisher;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Hands a connection on after its first request: to a protocol, on the connection's lane, or to the
 * REST server. Used by all lanes.
 */
public final class ConnectionDispatcher {

  private final GatewayConfig config;
  private final GatewayCounters counters;
  private final Hub hub;
  private final Entitlement.SharedServices services;
  private final UserSlot.Users users = new UserSlot.Users();
  private final EventLoopGroup relays;
  private final Consumer<Client> onOpen;
  private final Audit audit = new Audit();
  private final Map<EventLoop, Lane> lanes = new ConcurrentHashMap<>();

  /**
   * @param relays loops for the sockets to the REST server
   * @param onOpen told of each new client, on its lane
   */
  public ConnectionDispatcher(
      GatewayConfig config,
      GatewayCounters counters,
      Hub hub,
      ClientPublisher publisher,
      EventLoopGroup relays,
      Consumer<Client> onOpen) {
    this.config = config;
    this.counters = counters;
    this.hub = hub;
    this.services =
        new Entitlement.SharedServices(
            new ClientLimits(config.maxChannelsPerClient(), config.maxWildcards()),
            config.authenticator(),
            publisher);
    this.relays = relays;
    this.onOpen = onOpen;
  }

  /** The audit log of refusals. */
  public Audit audit() {
    return audit;
  }

  /** The number of connections of each user. */
  public UserSlot.Users users() {
    return users;
  }

  /**
   * Makes a lane of a loop, before there are connections on it.
   *
   * @param latency takes samples of the lane's latency, see {@link Lane#on}
   */
  public void addLane(EventLoop loop, LongConsumer latency) {
    lanes.put(loop, Lane.on(loop, hub, latency));
  }

  /** The lanes that connections are on. */
  public Collection<Lane> lanes() {
    return lanes.values();
  }

  /** Makes the connection a WebSocket. Takes the bytes over. */
  void upgrade(
      ChannelHandlerContext ctx,
      Protocol protocol,
      Opening opening,
      InetAddress client,
      ByteBuf bytes) {
    upgrade(ctx, opener(ctx, protocol, opening, client, onOpen), bytes);
  }

  /**
   * Upgrades the connection only to tell the client in its protocol when to come back. Takes the
   * bytes over.
   */
  void postpone(
      ChannelHandlerContext ctx,
      Protocol protocol,
      Opening opening,
      InetAddress client,
      ByteBuf bytes,
      long millis) {
    counters.postponedByWord.increment();
    Consumer<Client> teller = opened -> opened.postpone(millis);
    upgrade(ctx, opener(ctx, protocol, opening, client, teller), bytes);
  }

  private static void upgrade(ChannelHandlerContext ctx, ClientOpener opener, ByteBuf bytes) {
    new Upgrade(opener).install(ctx.pipeline(), bytes);
  }

  /** Makes the connection a stream of events. Releases the bytes. */
  void stream(
      ChannelHandlerContext ctx,
      Protocol protocol,
      Opening opening,
      InetAddress client,
      ByteBuf bytes) {
    bytes.release();
    new EventStream(opener(ctx, protocol, opening, client, onOpen)).install(ctx.pipeline());
  }

  private ClientOpener opener(
      ChannelHandlerContext ctx,
      Protocol protocol,
      Opening opening,
      InetAddress client,
      Consumer<Client> opened) {
    Lane lane = lanes.get(ctx.channel().eventLoop());
    if (lane == null) {
      throw new IllegalStateException("a connection on a loop that is no lane");
    }
    UserSlot slot = new UserSlot(config.authenticator().policy(), users);
    ctx.channel().closeFuture().addListener(closed -> slot.end());
    return new ClientOpener(
        protocol, opening, client, lane, config, counters, audit, services, slot, opened);
  }

  /**
   * @param routing what becomes of the connection when a later request on it is the gateway's
   */
  void relay(ChannelHandlerContext ctx, ByteBuf bytes, Routing routing) {
    counters.relayed.increment();
    new Relay(
            config.restSocket().orElseThrow(),
            config.transport(),
            relays,
            (server, answers) ->
                new RelayedRequests(
                    server,
                    answers,
                    new RequestBoundaries(routing::isOurs, config.maxHeaderBytes()),
                    routing,
                    counters.refused,
                    config.handshakeTimeout().toMillis()))
        .take(ctx, bytes);
  }
}
