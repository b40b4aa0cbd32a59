package dev.tapeline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.protocols.spi.Conversation;
import dev.tapeline.protocols.spi.ConversationContext;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;

/** Sends back what it gets, as conformance suites want it. */
final class EchoProtocol implements Protocol {

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/echo");
  }

  @Override
  public Conversation newConversation(ConversationContext context, Opening opening) {
    Session session = context.session();
    return new Conversation() {
      @Override
      public boolean onText(String text) {
        session.send(Frame.of(text.getBytes(UTF_8)));
        session.flush();
        return true;
      }

      @Override
      public boolean onBinary(byte[] message) {
        var frame = new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message));
        session.channel().writeAndFlush(frame);
        return true;
      }
    };
  }
}
