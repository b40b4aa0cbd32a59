package dev.tapeline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many clients, each with channels of its own, that come and leave at the same time. */
class LeaveTest {

  private static final int CLIENTS = 400;
  private static final int CHANNELS = 50;

  @Test
  void othersAreServedWhileManyLeave() {
    try (TestGateway gateway =
            new TestGateway(config ->
                config
                    .listener(it -> it.withLanes(1))
                    .connections(it ->
                        it.withRate(10_000)
                            .withRatePerAddress(10_000)
                            .withMaxPerAddress(2 * CLIENTS)));
        TestClient stays = gateway.client("/ws")) {
      stays.subscribe("\"stays\"", "\"*:late\"");
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RawClient client = new RawClient(gateway.port, 0);
        client.write(RawClient.upgrade("/ws", ""));
        String _ = client.readHead();
        clients.add(client);
      }
      for (int i = 0; i < CLIENTS; i++) {
        clients.get(i).send(subscribe(i));
      }
      TestGateway.awaitTrue(() -> channels(gateway) == 1 + CLIENTS * CHANNELS);
      clients.forEach(RawClient::close);
      AtomicInteger published = new AtomicInteger();
      TestGateway.awaitTrue(() -> {
        gateway.publish("stays", "" + published.incrementAndGet());
        stays.awaitFrom(published.get(), m -> m.path("type").asString("").equals("data"));
        return channels(gateway) == 1;
      });
      gateway.publish("own:late", "1");
      JsonNode late = stays.await(m -> m.path("channel").asString("").equals("own:late"));
      assertEquals("*:late", late.path("pattern").asString());
    }
  }

  private static double channels(TestGateway gateway) {
    return gateway.meters.get("tapeline.channels").gauge().value();
  }

  private static String subscribe(int client) {
    String names =
        IntStream.range(0, CHANNELS)
            .mapToObj(i -> "\"own:%d:%d\"".formatted(client, i))
            .collect(Collectors.joining(","));
    return "{\"action\":\"subscribe\",\"channels\":[" + names + "]}";
  }
}
