package dev.tapeline.gateway.listen.answer;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/** The head of an answer that is a stream of server-sent events. */
public final class EventStreamHead {

  private static final String HEAD =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/event-stream\r
      Cache-Control: no-store\r
      X-Accel-Buffering: no\r
      Connection: close\r
      """;

  private EventStreamHead() {}

  /** The head, with the headers that the page needs. */
  public static String of(Channel channel) {
    return HEAD + AnswerHeaders.of(channel) + "\r\n";
  }

  /** Answers with a stream that only tells the client to reconnect after a time, and ends. */
  static void postpone(Channel channel, long millis) {
    if (!channel.isActive()) {
      return;
    }
    String text = of(channel) + "retry: " + millis + "\n\n";
    PipelineEdge.of(channel)
        .writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), text))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
