package dev.tapeline.gateway.listen.accept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.gateway.ProxyBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProxyHeaderCutsTest {

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final InetSocketAddress PROXY = new InetSocketAddress("127.0.0.1", 1);
  private static final InetSocketAddress CLIENT = new InetSocketAddress("1.2.3.4", 1111);

  @Property
  void clientIsKnownAndTheRequestWholeHoweverTheBytesAreCut(
      @ForAll("headers") byte[] header, @ForAll("cuts") List<Integer> cuts) {
    Admission admission =
        new Admission(
            new ConnectionCounts(new ConnectionLimits(1, 1, 1_000_000, 1_000_000)),
            new ClientAddresses(List.of("127.0.0.1")),
            new LongAdder(),
            100);
    EmbeddedChannel channel = new FromProxy(admission);
    ByteBuf bytes = Unpooled.copiedBuffer(header, REQUEST.getBytes(StandardCharsets.US_ASCII));
    for (int cut : cuts) {
      channel.writeInbound(bytes.readRetainedSlice(Math.min(cut, bytes.readableBytes())));
    }
    channel.writeInbound(bytes);
    assertEquals(REQUEST, passedOn(channel));
    assertEquals(header.length == 0 ? PROXY : CLIENT, admission.peer());
    assertEquals(1, channel.pipeline().toMap().size());
    channel.finish();
    assertEquals(0, bytes.refCnt());
  }

  @Provide
  Arbitrary<byte[]> headers() {
    return Arbitraries.of(
        new byte[0],
        ProxyBytes.v1("TCP4", "1.2.3.4"),
        ProxyBytes.v2(0x21, 0x11, ProxyBytes.four(1, 2, 3, 4)),
        ProxyBytes.v2(0x21, 0x11, ProxyBytes.four(1, 2, 3, 4), ProxyBytes.TLVS));
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 40).list().ofMaxSize(20);
  }

  private static String passedOn(EmbeddedChannel channel) {
    StringBuilder all = new StringBuilder();
    for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
      all.append(part.toString(StandardCharsets.US_ASCII));
      part.release();
    }
    return all.toString();
  }

  /** A connection whose other end is the proxy. */
  private static final class FromProxy extends EmbeddedChannel {

    FromProxy(Admission admission) {
      super(admission);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return PROXY;
    }
  }
}
