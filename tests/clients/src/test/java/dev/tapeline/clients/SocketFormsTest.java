package dev.tapeline.clients;

import dev.tapeline.server.compose.LiveServer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * npm's {@code ws} and Node's own {@code WebSocket}, as they are without any option, in each form
 * at the same time. They don't reconnect by themselves: the program connects, and asks again.
 */
@ExtendWith(WithNode.class)
@Timeout(240)
class SocketFormsTest {

  private LiveServer server;
  private List<FormClient> clients = List.of();

  @BeforeEach
  void start() {
    server = LiveServer.start();
  }

  @AfterEach
  void stop() {
    each(FormClient::close);
    server.close();
  }

  private void each(Consumer<FormClient> action) {
    clients.forEach(action);
  }

  private void awaitSubscriptions(int count) {
    server.awaitMetric("tapeline_subscriptions", count);
  }

  private void subscribe() {
    each(FormClient::subscribe);
    awaitSubscriptions(clients.size());
  }

  private void publish(int n) {
    Stream.of(SocketForm.values())
        .map(form -> new Published(form.channel(), form.published(n)))
        .distinct()
        .forEach(one -> server.publish(one.channel(), one.json()));
  }

  private record Published(String channel, String json) {}

  @ParameterizedTest
  @ValueSource(strings = {"ws", "node"})
  void eachSubscribesReceivesUnsubscribesAndIsThereAgainAfterARestart(String kind) {
    clients =
        Stream.of(SocketForm.values()).map(form -> new FormClient(form, kind, server)).toList();
    subscribe();
    publish(1);
    each(client -> client.awaitNumber(1));
    each(FormClient::unsubscribe);
    awaitSubscriptions(0);
    publish(2);
    subscribe();
    publish(3);
    each(client -> client.awaitNumber(3));
    server.restart();
    each(FormClient::awaitClosed);
    subscribe();
    publish(4);
    each(client -> client.awaitNumber(4));
    each(FormClient::assertReceivedOnce);
  }
}
