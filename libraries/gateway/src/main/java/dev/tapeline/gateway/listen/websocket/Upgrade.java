package dev.tapeline.gateway.listen.websocket;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.gateway.client.Client;
import dev.tapeline.gateway.client.ConnectionControl;
import dev.tapeline.gateway.client.Failures;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.listen.open.ClientOpener;
import dev.tapeline.gateway.listen.open.ClientRules;
import dev.tapeline.hub.frame.Framing;
import dev.tapeline.protocols.spi.Credentials;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Turns a connection into a WebSocket, and then into a client of a protocol. */
public final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

  private final ClientOpener opener;
  private final HttpRules http;
  private final ClientRules rules;
  private final boolean lines;
  private final Optional<Compression> compression;
  private final EarlyFrames early = new EarlyFrames();

  public Upgrade(ClientOpener opener) {
    this.opener = opener;
    this.http = opener.shared().http();
    this.rules = opener.shared().clients();
    this.lines = opener.opening().parameter("lines").filter("true"::equals).isPresent();
    this.compression =
        rules.compression() && !lines
            ? Compression.offered(opener.opening().headers())
            : Optional.empty();
  }

  /**
   * Puts the HTTP decoder and itself at the end of the pipeline, and answers the request.
   *
   * @param bytes what has come, from the request's first byte on; taken over
   */
  public void install(ChannelPipeline pipeline, ByteBuf bytes) {
    early.begin(pipeline, () -> addTo(pipeline), bytes);
  }

  private void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(new HttpServerCodec(http.maxHeaderBytes(), http.maxHeaderBytes(), 1024));
    pipeline.addLast(new HttpObjectAggregator(1024));
    pipeline.addLast(this);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    request.retain();
    opener.identify(ctx, identity -> shakeHands(ctx, request, identity), request::release);
  }

  private void shakeHands(
      ChannelHandlerContext ctx, FullHttpRequest request, @Nullable Identity identity) {
    WebSocketServerHandshaker13 handshaker =
        new WebSocketServerHandshaker13("ws://tapeline/", subprotocols(), decoding());
    try {
      handshaker
          .handshake(ctx.channel(), request, extensions(), ctx.newPromise())
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
    return opener
        .protocol()
        .subprotocol()
        .map(own -> own + "," + Credentials.SUBPROTOCOL)
        .orElse(Credentials.SUBPROTOCOL);
  }

  private HttpHeaders extensions() {
    HttpHeaders headers = new DefaultHttpHeaders();
    compression.ifPresent(
        agreed -> headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, agreed.answer()));
    return headers;
  }

  private WebSocketDecoderConfig decoding() {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(longestPublishing())
        .expectMaskedFrames(true)
        .allowMaskMismatch(false)
        .allowExtensions(compression.isPresent())
        .closeOnProtocolViolation(false) // Client closes the connection
        .build();
  }

  private void open(ChannelHandlerContext ctx, @Nullable Identity identity) {
    Client client =
        opener.open(ctx, framing(), new ConnectionControl.Socket(ctx.channel()), identity);
    ChannelPipeline pipeline = ctx.pipeline();
    IntSupplier limit = limit(client, rules.maxMessageBytes(), longestPublishing());
    pipeline.addAfter(pipeline.context(early).name(), null, new MessageSizes(limit));
    WebSocketFrameAggregator aggregator = new WebSocketFrameAggregator(longestPublishing());
    if (compression.isPresent()) {
      pipeline.addLast(new ReservedBits());
      pipeline.addLast(aggregator);
      pipeline.addLast(new Inflation(limit));
      pipeline.addLast(new Utf8FrameValidator(false));
    } else {
      pipeline.addLast(new Utf8FrameValidator(false));
      pipeline.addLast(aggregator);
    }
    pipeline.addLast(client);
    pipeline.remove(this);
    opener.welcome(client);
    early.end(pipeline);
  }

  /**
   * The limit of message sizes. It is static because it lives as long as the connection, which must
   * not keep the request.
   */
  private static IntSupplier limit(Client client, int usual, int publishing) {
    return () -> client.mayPublish() ? publishing : usual;
  }

  /** The longest message of a client that may publish: the data and what is around it. */
  private int longestPublishing() {
    long longest = (long) opener.shared().maxPayloadBytes() + rules.maxMessageBytes();
    return (int) Math.min(longest, Integer.MAX_VALUE);
  }

  private Framing framing() {
    return lines ? Framing.LINES : compression.map(Compression::framing).orElse(Framing.MESSAGES);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    opener.counters().connectionErrors.increment();
    Failures.end(ctx, cause);
  }
}
