package dev.tapeline.gateway.listen.route;

import dev.tapeline.gateway.client.Client;
import dev.tapeline.gateway.client.UserSlot;
import dev.tapeline.gateway.listen.open.ClientOpener;
import dev.tapeline.gateway.listen.open.EventStream;
import dev.tapeline.gateway.listen.relay.Relay;
import dev.tapeline.gateway.listen.relay.RestBackend;
import dev.tapeline.gateway.listen.websocket.Upgrade;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.hub.lane.Lane;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands a connection on after its first request: to a protocol, on the connection's lane, or to the
 * REST server. Used by all lanes.
 */
public final class ConnectionDispatcher {

  private final ClientOpener.Shared shared;
  private final Hub hub;
  private final UserSlot.Users users = new UserSlot.Users();
  private final @Nullable RestBackend rest;
  private final Consumer<Client> onOpen;
  private final Map<EventLoop, Lane> lanes = new ConcurrentHashMap<>();

  /**
   * @param rest the REST server; null if there is none
   * @param onOpen told of each new client, on its lane
   */
  public ConnectionDispatcher(
      ClientOpener.Shared shared, Hub hub, @Nullable RestBackend rest, Consumer<Client> onOpen) {
    this.shared = shared;
    this.hub = hub;
    this.rest = rest;
    this.onOpen = onOpen;
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
    counters().postponedByWord.increment();
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
    UserSlot slot = new UserSlot(shared.services().authenticator().policy(), users);
    ctx.channel().closeFuture().addListener(closed -> slot.end());
    return new ClientOpener(protocol, opening, client, lane, shared, slot, opened);
  }

  GatewayCounters counters() {
    return shared.counters();
  }

  /** Whether there is a REST server to relay to. */
  boolean hasRest() {
    return rest != null;
  }

  /**
   * @param routing what becomes of the connection when a later request on it is the gateway's
   */
  void relay(ChannelHandlerContext ctx, ByteBuf bytes, Routing routing) {
    counters().relayed.increment();
    RestBackend backend = Objects.requireNonNull(rest, "there is no REST server");
    new Relay(backend, shared.http(), routing::isOurs, routing, counters().refused)
        .take(ctx, bytes);
  }
}
