package dev.tapeline.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.compose.LiveServer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A plain WebSocket of npm or of Node that speaks one form; it connects when needed. */
final class FormClient implements AutoCloseable {

  private final SocketForm form;
  private final String kind;
  private final NodeClient client;
  private boolean open;

  FormClient(SocketForm form, String kind, LiveServer server) {
    this.form = form;
    this.kind = kind;
    client = NodeClient.start("socket", server.ws("/"));
  }

  /** Connects, and checks that messages are compressed wherever the form allows it. */
  private void open() {
    client.send("open", "{\"kind\":\"%s\",\"path\":\"%s\"}".formatted(kind, form.path()));
    String extensions = client.await("open").path("extensions").asString();
    String expected = form == SocketForm.LINES ? "" : "permessage-deflate";
    assertEquals(expected, extensions.split(";", 2)[0], this::toString);
    open = true;
  }

  void subscribe() {
    if (!open) {
      open();
    }
    ask("subscribe");
  }

  void unsubscribe() {
    if (!ask("unsubscribe")) {
      client.send("close", "");
      awaitClosed();
    }
  }

  /** Sends a request; returns whether the form has one. */
  private boolean ask(String verb) {
    String request = form.request(verb);
    if (!request.isEmpty()) {
      client.send("send", request);
    }
    return !request.isEmpty();
  }

  void awaitClosed() {
    client.await("closed");
    open = false;
  }

  /** Waits for a number; earlier messages are skipped. */
  void awaitNumber(int n) {
    int received = number(client.await(form.event()));
    while (received != n) {
      received = number(client.await(form.event()));
    }
  }

  /** Checks that the second publication was not received. */
  void assertReceivedOnce() {
    List<Integer> expected = form.beginsWithTheNewest() ? List.of(1, 2, 3, 4) : List.of(1, 3, 4);
    assertEquals(expected, received(), this::toString);
  }

  private List<Integer> received() {
    return client.all(form.event()).stream().map(this::number).toList();
  }

  private int number(JsonNode event) {
    return event.path("message").at(form.number()).asInt();
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return form + " by " + kind;
  }
}
