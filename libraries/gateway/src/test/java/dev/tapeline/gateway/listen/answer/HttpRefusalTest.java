package dev.tapeline.gateway.listen.answer;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HttpRefusalTest {

  /** It may leave while its token is checked, or the REST server is connected to. */
  @Test
  void aClientThatHasGoneIsToldNothing() {
    List<Consumer<EmbeddedChannel>> answers =
        List.of(
            HttpRefusal.UNAUTHORIZED::send,
            HttpRefusal.REST_UNAVAILABLE::sendToSender,
            channel -> HttpRefusal.UNAUTHORIZED.sendBecause(channel, "no"),
            channel -> EventStreamHead.postpone(channel, 1_000));
    for (Consumer<EmbeddedChannel> answer : answers) {
      EmbeddedChannel channel = new EmbeddedChannel(PipelineEdge.INSTANCE);
      channel.close();
      channel.runPendingTasks();
      answer.accept(channel);
      assertNull(channel.readOutbound());
      channel.checkException();
    }
  }
}
