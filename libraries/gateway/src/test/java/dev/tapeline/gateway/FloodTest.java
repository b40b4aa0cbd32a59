package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Connections that only cost: how many and how long, while others are served. */
class FloodTest {

  private static final int FLOOD = 10_000;
  private static final int ALLOWED = 100;

  @Test
  void tenThousandConnectionsOfOneAddressAreBoundedAndOthersAreServed() {
    List<RawClient> flood = new ArrayList<>();
    try (TestGateway gateway =
            new TestGateway(config ->
                config
                    .connections(it -> it.withMaxPerAddress(ALLOWED))
                    .http(it -> it.withHandshakeTimeout(Duration.ofMinutes(5))));
        RawClient other = RawClient.from("127.0.0.2", gateway.port).upgraded("/ws")) {
      other.send("{\"action\":\"subscribe\",\"channels\":[\"a\"]}");
      assertTrue(other.read().contains("\"subscribed\""));
      flood.addAll(open(gateway.port));
      TestGateway.awaitTrue(
          () -> gateway.meters.get("tapeline.connections").gauge().value() == ALLOWED + 1);
      for (int i = ALLOWED; i < FLOOD; i += ALLOWED) {
        List<RawClient> more = open(gateway.port);
        more.forEach(client -> client.write(RawClient.upgrade("/ws", "")));
        more.forEach(client -> assertTrue(client.readHead().startsWith("HTTP/1.1 429")));
        more.forEach(RawClient::close);
        gateway.publish("a", "" + i);
        assertTrue(other.read().contains("\"data\":" + i));
      }
      assertEquals(FLOOD - ALLOWED, gateway.metric("tapeline.connections.refused"));
      TestGateway.awaitTrue(
          () -> gateway.meters.get("tapeline.connections").gauge().value() == ALLOWED + 1);
      flood.forEach(RawClient::close);
      TestGateway.awaitTrue(() -> gateway.meters.get("tapeline.connections").gauge().value() == 1);
    } finally {
      flood.forEach(RawClient::close);
    }
  }

  private static List<RawClient> open(int port) {
    return IntStream.range(0, ALLOWED).mapToObj(i -> new RawClient(port, 0)).toList();
  }

  /** Nothing counts as a sign of life but a whole message, a ping or a pong. */
  @Test
  void frameWhoseRestNeverComesIsNoSignOfLife() {
    try (TestGateway gateway =
            new TestGateway(
                config -> config.clients(it -> it.withPingInterval(Duration.ofMillis(400))));
        RawClient half = RawClient.upgraded(gateway.port, "/ws", 0);
        RawClient pieces = RawClient.upgraded(gateway.port, "/ws", 0);
        TestClient other = gateway.client("/ws")) {
      other.subscribe("\"a\"");
      half.write(new byte[] {(byte) 0x81, (byte) 0xfe, 0x10, 0, 0});
      pieces.frame(0x01, new byte[] {'{'});
      for (String pong : List.of(pieces.readPing(), half.readPing())) {
        pieces.frame(0x00, new byte[] {' '});
        half.write(pong);
      }
      assertEquals("close 4001", half.read());
      assertEquals("close 4001", pieces.read());
      gateway.publish("a", "1");
      other.awaitType("data");
      gateway.awaitClients(1);
    }
  }
}
