package dev.tapeline.feed.net;

import dev.tapeline.feed.vendor.Address;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes the channels of a feed, with TLS on them where the address is {@code wss}. Their one
 * thread, {@code net-} and the name of the feed, only copies: addresses are looked up and
 * certificates are checked elsewhere.
 */
final class Dialer {

  private static final int MAX_HEAD = 65_536;
  private static final int CHUNK = 8192;

  /** Each frame has an array of its own, which its arrival keeps. */
  private static final ByteBufAllocator FRAMES = new UnpooledByteBufAllocator(false);

  private final SSLContext trust;
  private final EventLoopGroup loop;

  Dialer(String feed, SSLContext trust) {
    this.trust = trust;
    ThreadFactory threads =
        task -> {
          Thread thread = new FastThreadLocalThread(task, "net-" + feed);
          thread.setDaemon(true);
          return thread;
        };
    this.loop = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
  }

  /** Where an address is on the network; asks for its host. */
  static InetSocketAddress find(Address address) throws UnknownHostException {
    InetSocketAddress at = new InetSocketAddress(host(address), port(address));
    if (at.isUnresolved()) {
      throw new UnknownHostException(at.getHostString());
    }
    return at;
  }

  /**
   * @throws IllegalArgumentException if the address is not one of a WebSocket
   */
  private static String host(Address address) {
    String host = address.uri().getHost();
    if (host == null || !(isSecure(address) || "ws".equalsIgnoreCase(address.uri().getScheme()))) {
      throw new IllegalArgumentException("neither ws nor wss");
    }
    return host;
  }

  private static int port(Address address) {
    int port = address.uri().getPort();
    return port >= 0 ? port : isSecure(address) ? 443 : 80;
  }

  private static boolean isSecure(Address address) {
    return "wss".equalsIgnoreCase(address.uri().getScheme());
  }

  /**
   * A channel that is not connected yet. A failure to write does not close it, as there may still
   * be something to read.
   *
   * @param handshake begins once it is connected
   */
  Channel channel(Address address, ChannelHandler handshake) {
    @Nullable SslHandler tls = isSecure(address) ? tls(address) : null;
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.ALLOCATOR, FRAMES)
        .option(ChannelOption.AUTO_CLOSE, false)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // the connection itself has a limit
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                if (tls != null) {
                  channel.pipeline().addLast(tls);
                }
                channel
                    .pipeline()
                    .addLast(new HttpClientCodec(MAX_HEAD, MAX_HEAD, CHUNK), handshake);
              }
            })
        .register()
        .syncUninterruptibly()
        .channel();
  }

  private SslHandler tls(Address address) {
    SSLEngine engine = trust.createSSLEngine(host(address), port(address));
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    SslHandler tls =
        new SslHandler(engine, task -> Thread.ofVirtual().name("certificate").start(task));
    tls.setHandshakeTimeoutMillis(0); // the connection itself has a limit
    return tls;
  }

  /** Closes a channel below its TLS, which would first wait until the vendor has read all. */
  static void cut(Channel channel) {
    var _ = channel.pipeline().firstContext().close();
  }

  /** Ends the thread. */
  void close() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
