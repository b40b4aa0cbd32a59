package dev.tapeline.gateway.listen.route;

import dev.tapeline.access.address.AllowedHosts;
import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.access.address.Origins;
import dev.tapeline.gateway.listen.accept.Admission;
import dev.tapeline.gateway.listen.accept.ConnectPace;
import dev.tapeline.gateway.listen.answer.AnswerHeaders;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.gateway.listen.answer.Preflight;
import dev.tapeline.gateway.listen.answer.Refusal;
import dev.tapeline.gateway.listen.http.FirstRequest;
import dev.tapeline.gateway.listen.http.HeadEnd;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.http.RequestHead;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.protocols.spi.Protocol;
import dev.tapeline.tls.TlsOrPlain;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a connection by its first request: a WebSocket of the protocol that its
 * path stands for, a relay to the REST server, or a refusal. Used by all lanes.
 */
public final class Routing implements FirstRequest.Router {

  private final boolean tls;
  private final AllowedHosts hosts;
  private final ClientAddresses addresses;
  private final GatewayCounters counters;
  private final ConnectionDispatcher dispatcher;
  private final ConnectPace pace;
  private final Origins origins;
  private final List<Protocol> protocols;
  private volatile @Nullable Drain drain;

  /**
   * @param tls whether all ports speak TLS
   * @param addresses finds the addresses of clients behind proxies
   * @param protocols in the order in which they are asked whether they serve a path
   */
  public Routing(
      HttpRules http,
      boolean tls,
      ClientAddresses addresses,
      ConnectPace pace,
      List<Protocol> protocols,
      ConnectionDispatcher dispatcher) {
    this.tls = tls;
    this.hosts = new AllowedHosts(http.allowedHosts());
    this.addresses = addresses;
    this.counters = dispatcher.counters();
    this.dispatcher = dispatcher;
    this.pace = pace;
    this.origins = new Origins(http.allowedOrigins());
    this.protocols = protocols;
  }

  private @Nullable Protocol protocolOf(RequestHead head) {
    for (Protocol protocol : protocols) {
      if (protocol.serves(head.path())) {
        return protocol;
      }
    }
    return null;
  }

  /** Refuses new WebSockets from now on. */
  public void drain(Drain begun) {
    drain = begun;
  }

  /** Whether a later request on a relayed connection is for the gateway, as all WebSockets are. */
  boolean isOurs(RequestHead head) {
    Protocol protocol = protocolOf(head);
    return head.isUpgrade() || (protocol != null && protocol.streamsEvents());
  }

  @Override
  public void route(ChannelHandlerContext ctx, RequestHead head, ByteBuf bytes) {
    InetAddress peer = Admission.of(ctx.channel()).peer().getAddress();
    InetAddress client = addresses.of(peer, name -> head.headers().getAll(name));
    Protocol protocol = protocolOf(head);
    HttpRefusal refusal = refusal(ctx, head, protocol, client);
    if (protocol != null && protocol.streamsEvents()) {
      AnswerHeaders.set(ctx.channel(), origins.headers(head.headers().get("Origin")));
    }
    if (refusal != null) {
      refuse(ctx, head, protocol, bytes, refusal);
    } else if (isPreflight(head, protocol)) {
      answerPreflight(ctx, head, bytes);
    } else if (protocol != null && protocol.streamsEvents()) {
      stream(ctx, protocol, head, client, bytes);
    } else if (protocol != null && head.isUpgrade()) {
      upgrade(ctx, protocol, head, client, bytes);
    } else {
      dispatcher.relay(ctx, bytes, this);
    }
  }

  /** Whether a client that asks for this protocol waits for a stream of events. */
  private static boolean isStream(@Nullable Protocol protocol) {
    return protocol != null && protocol.streamsEvents();
  }

  @Override
  public boolean isStream(String path) {
    return protocols.stream().anyMatch(one -> one.streamsEvents() && one.serves(path));
  }

  private void refuse(
      ChannelHandlerContext ctx,
      RequestHead head,
      @Nullable Protocol protocol,
      ByteBuf bytes,
      HttpRefusal why) {
    boolean more = head.hasBody() || new HeadEnd().find(bytes) < bytes.readableBytes();
    bytes.release();
    Refusal refusal = refusal(why);
    if (more && !(isStream(protocol) && refusal.isTemporary())) {
      counters.refused.increment();
      why.sendToSender(ctx.channel());
    } else {
      refusal.send(ctx.channel(), isStream(protocol), counters);
    }
  }

  private Refusal refusal(HttpRefusal why) {
    Drain begun = drain;
    return why == HttpRefusal.DRAINING && begun != null ? begun.refusal() : Refusal.of(why);
  }

  private void upgrade(
      ChannelHandlerContext ctx,
      Protocol protocol,
      RequestHead head,
      InetAddress client,
      ByteBuf bytes) {
    switch (pace.next(System.nanoTime())) {
      case ConnectPace.Verdict.Admitted _ ->
          dispatcher.upgrade(ctx, protocol, head.opening(), client, bytes);
      case ConnectPace.Verdict.ComeLater(long millis) ->
          dispatcher.postpone(ctx, protocol, head.opening(), client, bytes, millis);
      case ConnectPace.Verdict.Refused(int seconds) -> {
        bytes.release();
        counters.postponedByHttp.increment();
        new Refusal(HttpRefusal.RUSH, TimeUnit.SECONDS.toMillis(seconds))
            .send(ctx.channel(), false, counters);
      }
    }
  }

  /**
   * Opens a stream. Clients beyond the rate are all told when to come back: a refusal would end a
   * browser's stream for good.
   */
  private void stream(
      ChannelHandlerContext ctx,
      Protocol protocol,
      RequestHead head,
      InetAddress client,
      ByteBuf bytes) {
    switch (pace.next(System.nanoTime())) {
      case ConnectPace.Verdict.Admitted _ ->
          dispatcher.stream(ctx, protocol, head.opening(), client, bytes);
      case ConnectPace.Verdict.ComeLater(long millis) -> postponeStream(ctx, bytes, millis);
      case ConnectPace.Verdict.Refused(int seconds) ->
          postponeStream(ctx, bytes, TimeUnit.SECONDS.toMillis(seconds));
    }
  }

  private void postponeStream(ChannelHandlerContext ctx, ByteBuf bytes, long millis) {
    bytes.release();
    new Refusal(HttpRefusal.RUSH, millis).send(ctx.channel(), true, counters);
  }

  private @Nullable HttpRefusal refusal(
      ChannelHandlerContext ctx,
      RequestHead head,
      @Nullable Protocol protocol,
      InetAddress client) {
    if (tls && !TlsOrPlain.isTls(ctx.channel())) {
      return HttpRefusal.TLS_REQUIRED;
    }
    Optional<HttpRefusal> tooMany = Admission.of(ctx.channel()).countAs(client);
    if (tooMany.isPresent()) {
      return tooMany.get();
    }
    if (!hosts.allow(head.headers().get("Host"))) {
      return HttpRefusal.OTHER_HOST;
    }
    if (protocol == null || (head.path().equals("/") && !head.isUpgrade())) {
      return unfitForRest(head);
    }
    if (isPreflight(head, protocol)) {
      return null;
    }
    HttpRefusal unfit =
        protocol.streamsEvents() ? unfitForEvents(protocol, head) : unfitForSocket(head);
    if (unfit != null) {
      return unfit;
    }
    if (!origins.allows(head.headers().get("Origin"))) {
      return HttpRefusal.FORBIDDEN_ORIGIN;
    }
    return drain == null ? null : HttpRefusal.DRAINING;
  }

  private @Nullable HttpRefusal unfitForRest(RequestHead head) {
    if (!dispatcher.hasRest()) {
      return HttpRefusal.NOT_FOUND;
    }
    return head.isUpgrade() ? HttpRefusal.NO_SOCKET_HERE : null;
  }

  private static @Nullable HttpRefusal unfitForSocket(RequestHead head) {
    if (!head.isUpgrade()) {
      return HttpRefusal.UPGRADE_REQUIRED;
    }
    if (!"13".equals(head.headers().get("Sec-WebSocket-Version"))) {
      return HttpRefusal.OTHER_VERSION;
    }
    return head.hasBody() ? HttpRefusal.UPGRADE_WITH_BODY : null;
  }

  private static @Nullable HttpRefusal unfitForEvents(Protocol protocol, RequestHead head) {
    if (!head.method().equals("GET") || head.isUpgrade()) {
      return HttpRefusal.EVENTS_ONLY;
    }
    return protocol.understands(head.opening()) ? null : HttpRefusal.NO_CHANNELS;
  }

  private static boolean isPreflight(RequestHead head, @Nullable Protocol protocol) {
    return protocol != null
        && protocol.streamsEvents()
        && head.method().equals("OPTIONS")
        && head.headers().contains("Origin");
  }

  /** Answers the preflight for a stream that a page opens with headers of its own. */
  private void answerPreflight(ChannelHandlerContext ctx, RequestHead head, ByteBuf bytes) {
    bytes.release();
    String origin = head.headers().get("Origin");
    if (origins.allows(origin)) {
      Preflight.send(ctx.channel(), origins.preflight(origin, "GET"));
    } else {
      counters.refused.increment();
      HttpRefusal.FORBIDDEN_ORIGIN.send(ctx.channel());
    }
  }
}
