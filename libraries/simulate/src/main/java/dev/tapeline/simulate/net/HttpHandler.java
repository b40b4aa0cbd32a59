package dev.tapeline.simulate.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the HTTP requests of a connection, until one makes it a WebSocket. */
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final int LARGEST_MESSAGE = 1 << 20;
  private static final Logger log = LoggerFactory.getLogger(HttpHandler.class);

  private final HttpSite site;
  private final Faults faults;
  private final Sockets sockets;

  HttpHandler(HttpSite site, Faults faults, Sockets sockets) {
    this.site = site;
    this.faults = faults;
    this.sockets = sockets;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (faults.takeRefusal()) {
      ClientSocket.reset(ctx.channel());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    HttpCall call = call(request);
    Fault fault = faults.takeForAnswer();
    ReplyWriter writer = new ReplyWriter(ctx.channel(), HttpUtil.isKeepAlive(request));
    HttpReply instead = fault == null ? null : ReplyFaults.instead(fault, site);
    if (instead != null) {
      writer.write(instead);
    } else if (isUpgrade(request.headers())) {
      open(ctx, request, call, writer);
    } else {
      writer.write(site.answer(call), fault);
    }
  }

  private static boolean isUpgrade(HttpHeaders headers) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private void open(
      ChannelHandlerContext ctx, FullHttpRequest request, HttpCall call, ReplyWriter writer) {
    ClientSocket socket = sockets.next(call.path(), ctx.channel(), faults);
    if (socket == null) {
      writer.write(site.error(503));
      return;
    }
    switch (site.open(call, socket)) {
      case Opening.Refused refused -> writer.write(refused.reply());
      case Opening.Accepted accepted -> shakeHands(ctx, request, socket, accepted.handler());
    }
  }

  private void shakeHands(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      ClientSocket socket,
      SocketHandler handler) {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory("ws://simulator/", null, false, LARGEST_MESSAGE)
            .newHandshaker(request);
    if (handshaker == null) {
      var _ = WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
      return;
    }
    ctx.pipeline().replace(this, "frames", new FrameHandler(socket, handler, sockets));
    sockets.add(socket, handler);
    handshaker
        .handshake(ctx.channel(), request)
        .addListener(done -> {
          if (done.isSuccess()) {
            handler.onOpen();
          }
        });
  }

  private static HttpCall call(FullHttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    Map<String, String> query = new LinkedHashMap<>();
    uri.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return new HttpCall(
        request.method().name(),
        uri.path().isEmpty() ? "/" : uri.path(),
        query,
        headers,
        request.content().toString(StandardCharsets.UTF_8));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, @Nullable Throwable cause) {
    ended(ctx, Objects.requireNonNull(cause));
  }

  /** Ends a connection: a client that breaks off is nothing new, anything else is a bug. */
  static void ended(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("a client broke off", cause);
    } else {
      log.warn("a connection of the simulator has failed", cause);
    }
    ctx.close();
  }
}
