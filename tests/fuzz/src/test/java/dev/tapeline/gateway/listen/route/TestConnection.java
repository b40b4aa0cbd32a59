package dev.tapeline.gateway.listen.route;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.access.audit.Audit;
import dev.tapeline.core.DurableRules;
import dev.tapeline.core.Folds;
import dev.tapeline.core.Publication;
import dev.tapeline.embedded.EmbeddedBus;
import dev.tapeline.fuzz.Errors;
import dev.tapeline.gateway.GatewayConfig;
import dev.tapeline.gateway.listen.accept.Admission;
import dev.tapeline.gateway.listen.accept.ConnectPace;
import dev.tapeline.gateway.listen.accept.ConnectionCounts;
import dev.tapeline.gateway.listen.accept.ConnectionLimits;
import dev.tapeline.gateway.listen.answer.PipelineEdge;
import dev.tapeline.gateway.listen.http.FirstRequest;
import dev.tapeline.gateway.listen.open.ClientOpener;
import dev.tapeline.gateway.listen.websocket.ReservedBits;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.protocols.spi.ClientPublisher;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.server.settings.part.BuiltInChannels;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection to a whole gateway without a socket and without threads: what it is sent is taken,
 * and what is published goes out, before the call returns. Closing it checks that nothing broke and
 * that no buffer is left.
 */
final class TestConnection implements AutoCloseable {

  private static final String HANDSHAKE =
      """
      GET %s HTTP/1.1\r
      Host: h\r
      Connection: Upgrade\r
      Upgrade: websocket\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
      %s\r
      """;
  private static final int ROUNDS = 4;
  private static final String PUBLICATION = "{\"t\":1,\"o\":1,\"h\":2,\"l\":1,\"p\":1.5}";

  /** What clients may ask for: the names of the seeds. */
  private static final List<String> CHANNELS =
      List.of("market:tick:NIFTY", "market:last:NIFTY", "candles:NIFTY:1m", "trade@NIFTY", "d:1");

  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
  private final GatewayCounters counters = new GatewayCounters();
  private final EmbeddedBus bus;
  private final EmbeddedChannel channel = new FromProxy();

  TestConnection() {
    channel.config().setAllocator(buffers);
    GatewayConfig config =
        GatewayConfig.builder()
            .kinds(ChannelRules.KINDS)
            .authenticator(Authenticator.open(BuiltInChannels.PERSONAL))
            .protocols(it ->
                it.withTickChannel(BuiltInChannels.ALL_TICKS).withCable(BuiltInChannels.CABLE))
            .clients(it -> it.withMaxMessageBytes(4 << 10))
            .http(it -> it.withTrustedProxies(List.of("127.0.0.1")).withMaxHeaderBytes(2 << 10))
            .hub(it -> it.ringBytes(4 << 10).ringsTotalBytes(64 << 10))
            .build();
    AtomicLong clock = new AtomicLong(1_700_000_000_000L);
    bus = new EmbeddedBus(100, DurableRules.of("d:*"), clock::incrementAndGet);
    Hub hub = new Hub(config.hub(), config.kinds(), Folds.NONE, bus, Runnable::run);
    ClientPublisher publisher =
        new ClientPublisher(bus, Runnable::run, config.hub().maxPayloadBytes());
    ClientOpener.Shared shared =
        new ClientOpener.Shared(
            config.http(),
            config.clients(),
            config.hub().maxPayloadBytes(),
            new Entitlement.SharedServices(
                config.clients().subscriptions(),
                config.authenticator(),
                publisher,
                config.names()),
            counters,
            new Audit());
    ConnectionDispatcher dispatcher = new ConnectionDispatcher(shared, hub, null, client -> {});
    dispatcher.addLane(channel.eventLoop(), nanos -> {});
    ClientAddresses addresses = new ClientAddresses(config.http().trustedProxies());
    Routing routing =
        new Routing(
            config.http(),
            false,
            addresses,
            new ConnectPace(config.connections().rate(), System.nanoTime()),
            config.protocols().all(config.clients().pingInterval()),
            dispatcher);
    int maxHeaderBytes = config.http().maxHeaderBytes();
    channel
        .pipeline()
        .addLast(
            new Admission(
                new ConnectionCounts(new ConnectionLimits(10, 10, 1_000_000, 1_000_000)),
                addresses,
                counters.refused,
                maxHeaderBytes))
        .addLast(PipelineEdge.INSTANCE)
        .addLast(new FirstRequest(routing, counters.refused, maxHeaderBytes, 10_000));
    channel.pipeline().fireChannelActive();
    hub.start(state -> {});
  }

  /** Bytes of the peer; released. They go nowhere if the connection has ended. */
  void receive(ByteBuf bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(bytes);
      settle();
    } else {
      bytes.release();
    }
  }

  /** A handshake for a path, which may have a query. */
  void open(String path) {
    handshake(path, "");
  }

  /** The same for a client that compresses its messages. */
  void openCompressed(String path) {
    handshake(path, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
  }

  private void handshake(String path, String header) {
    receive(Unpooled.copiedBuffer(HANDSHAKE.formatted(path, header), StandardCharsets.ISO_8859_1));
  }

  /** A message of the client, and then a publication on each of the channels. */
  void message(String text) {
    frame(new TextWebSocketFrame(text));
    CHANNELS.forEach(name -> bus.publish(Publication.of(name, PUBLICATION)));
    settle();
  }

  /** A message that the client has compressed. */
  void compressed(byte[] bytes) {
    frame(new TextWebSocketFrame(true, ReservedBits.COMPRESSED, Unpooled.copiedBuffer(bytes)));
  }

  /** As if it had been decoded; dropped if there is no WebSocket. */
  private void frame(TextWebSocketFrame frame) {
    ChannelHandlerContext decoder = channel.pipeline().context(WebSocket13FrameDecoder.class);
    if (decoder == null) {
      frame.release();
    } else {
      decoder.fireChannelRead(frame);
    }
    settle();
  }

  /** Runs what is due, and throws away what is sent. */
  private void settle() {
    for (int i = 0; i < ROUNDS; i++) {
      channel.runPendingTasks();
      channel.checkException();
      for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
        ReferenceCountUtil.release(sent);
      }
    }
  }

  @Override
  public void close() {
    bus.close();
    channel.finishAndReleaseAll();
    check(Errors.take().isEmpty(), "an error was logged, see above");
    ByteBufAllocatorMetric left = buffers.metric();
    check(
        left.usedHeapMemory() + left.usedDirectMemory() == 0,
        "%d and %d bytes of buffers are left",
        left.usedHeapMemory(),
        left.usedDirectMemory());
  }

  /** A connection whose other end is a trusted proxy. */
  private static final class FromProxy extends EmbeddedChannel {

    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }
  }
}
