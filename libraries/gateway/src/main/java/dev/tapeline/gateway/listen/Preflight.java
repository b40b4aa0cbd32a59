package dev.tapeline.gateway.listen;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.Map;
import java.util.stream.Collectors;

/** The answer to a CORS preflight, after which the connection ends. */
final class Preflight {

  private Preflight() {}

  static void send(Channel channel, Map<String, String> headers) {
    String text = "HTTP/1.1 204 No Content\r\n" + lines(headers) + "Connection: close\r\n\r\n";
    PipelineEdge.of(channel)
        .writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), text))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** The headers as lines of an answer. */
  static String lines(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
        .collect(Collectors.joining());
  }
}
