package dev.tapeline.gateway.listen.answer;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.Map;

/** The answer to a CORS preflight, after which the connection ends. */
public final class Preflight {

  private Preflight() {}

  public static void send(Channel channel, Map<String, String> headers) {
    String text =
        "HTTP/1.1 204 No Content\r\n" + AnswerHeaders.lines(headers) + "Connection: close\r\n\r\n";
    PipelineEdge.of(channel)
        .writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), text))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
