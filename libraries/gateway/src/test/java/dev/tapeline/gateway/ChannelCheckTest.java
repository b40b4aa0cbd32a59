package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels that there can't be: clients are told so, and what to do. */
class ChannelCheckTest {

  private final TestGateway gateway =
      new TestGateway(it ->
          it.names(name ->
              name.startsWith("bad:")
                  ? Optional.of("no such thing; use good:")
                  : Optional.empty()));

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aSubscriberIsToldWhatIsWrongWithAName() {
    try (TestClient client = gateway.client("/ws")) {
      var answer = client.subscribe("\"bad:x\",\"good:x\",\"bad:*\"");
      assertEquals("bad:x", answer.at("/rejected/0/channel").asString());
      assertEquals("bad_channel", answer.at("/rejected/0/code").asString());
      assertEquals("no such thing; use good:", answer.at("/rejected/0/message").asString());
      assertEquals(1, answer.path("rejected").size());
      assertEquals("good:x", answer.at("/channels/0/channel").asString());
    }
  }
}
