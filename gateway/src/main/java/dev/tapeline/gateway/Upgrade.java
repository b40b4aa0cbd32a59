package dev.tapeline.gateway;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.Identity;
import dev.tapeline.access.RefusedException;
import dev.tapeline.gateway.hub.Hub;
import dev.tapeline.gateway.hub.Lane;
import dev.tapeline.gateway.hub.Session;
import dev.tapeline.gateway.protocol.ClientLimits;
import dev.tapeline.gateway.protocol.Conversation;
import dev.tapeline.gateway.protocol.Credentials;
import dev.tapeline.gateway.protocol.Entitlement;
import dev.tapeline.gateway.protocol.Opening;
import dev.tapeline.gateway.protocol.Protocol;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns a connection into a WebSocket, and then into a client of a protocol. */
final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

  private final Protocol protocol;
  private final Opening opening;
  private final InetAddress address;
  private final Hub hub;
  private final Lane lane;
  private final GatewayConfig config;
  private final GatewayCounters counters;
  private final Audit audit;
  private final Consumer<Client> onOpen;

  Upgrade(
      Protocol protocol,
      Opening opening,
      InetAddress address,
      Hub hub,
      Lane lane,
      GatewayConfig config,
      GatewayCounters counters,
      Audit audit,
      Consumer<Client> onOpen) {
    this.protocol = protocol;
    this.opening = opening;
    this.address = address;
    this.hub = hub;
    this.lane = lane;
    this.config = config;
    this.counters = counters;
    this.audit = audit;
    this.onOpen = onOpen;
  }

  /** Puts the HTTP decoder and itself at the end of the pipeline. */
  void install(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpServerCodec(config.maxHeaderBytes(), config.maxHeaderBytes(), 1024));
    pipeline.addLast(new HttpObjectAggregator(1024));
    pipeline.addLast(this);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    Authenticator authenticator = config.authenticator();
    Optional<String> credential = Credentials.of(opening);
    if (credential.isEmpty()) {
      Optional<Identity> anonymous = authenticator.anonymous();
      if (anonymous.isEmpty() && !protocol.authenticates()) {
        refuse(ctx, "no token or key was shown");
      } else {
        shakeHands(ctx, request, anonymous);
      }
      return;
    }
    request.retain();
    var _ =
        authenticator
            .authenticate(credential.get())
            .whenComplete((identity, error) ->
                ctx.executor().execute(() -> authenticated(ctx, request, identity, error)));
  }

  private void authenticated(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      @Nullable Identity identity,
      @Nullable Throwable error) {
    try {
      if (identity == null) {
        refuse(ctx, RefusedException.reasonOf(error));
      } else if (ctx.channel().isActive()) {
        shakeHands(ctx, request, Optional.of(identity));
      }
    } finally {
      request.release();
    }
  }

  private void refuse(ChannelHandlerContext ctx, String why) {
    counters.refused.increment();
    audit.refused(address, "authentication: " + why);
    HttpRefusal.UNAUTHORIZED.send(ctx.channel());
  }

  private void shakeHands(
      ChannelHandlerContext ctx, FullHttpRequest request, Optional<Identity> identity) {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("ws://tapeline/", subprotocols(), decoding())
            .newHandshaker(request);
    if (handshaker == null) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
      return;
    }
    try {
      handshaker
          .handshake(ctx.channel(), request)
          .addListener(done -> {
            if (done.isSuccess()) {
              open(ctx, identity);
            }
          });
    } catch (WebSocketHandshakeException e) {
      HttpRefusal.BAD_REQUEST.send(ctx.channel());
    }
  }

  private String subprotocols() {
    return protocol
        .subprotocol()
        .map(own -> own + "," + Credentials.SUBPROTOCOL)
        .orElse(Credentials.SUBPROTOCOL);
  }

  private WebSocketDecoderConfig decoding() {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(config.maxMessageBytes())
        .expectMaskedFrames(true)
        .allowMaskMismatch(false)
        .allowExtensions(false)
        .closeOnProtocolViolation(false) // the client answers, see there
        .build();
  }

  private void open(ChannelHandlerContext ctx, Optional<Identity> identity) {
    Channel channel = ctx.channel();
    Session session = hub.open(channel, Edge.of(channel), lane);
    Entitlement entitlement = entitlement(session);
    identity.ifPresent(entitlement::become);
    Conversation conversation = protocol.begin(session, opening, entitlement);
    Client client =
        new Client(
            session, conversation, entitlement, address, config, counters, System.nanoTime());
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addLast(new Utf8FrameValidator(false));
    pipeline.addLast(new WebSocketFrameAggregator(config.maxMessageBytes()));
    pipeline.addLast(client);
    pipeline.remove(this);
    onOpen.accept(client);
  }

  private Entitlement entitlement(Session session) {
    return new Entitlement(
        session,
        new ClientLimits(config.maxChannelsPerClient(), config.maxWildcards()),
        config.authenticator(),
        what -> audit.refused(address, what));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    counters.connectionErrors.increment();
    ctx.close(); // lost before it was a client
  }
}
