package dev.tapeline.gateway.client;

import dev.tapeline.core.SourceStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The states of the sources of data, as clients are told. May be used from any thread. */
public final class SourceStatuses {

  private static final String LIVE = "live";

  private final Clients clients;
  private final Map<String, SourceStatus> newest = new ConcurrentHashMap<>();

  public SourceStatuses(Clients clients) {
    this.clients = clients;
  }

  /** Tells all clients a state that has changed. An unknown source is taken to have been live. */
  public void tell(SourceStatus status) {
    SourceStatus before = newest.put(status.source(), status);
    boolean news = before == null ? !status.state().equals(LIVE) : status.isNewsAfter(before);
    if (news) {
      clients.inTurn(client -> client.conversation().onStatus(status));
    }
  }

  /** Tells a new client, on its lane, which sources are not live. */
  public void tellNew(Client client) {
    newest.values().stream()
        .filter(status -> !status.state().equals(LIVE))
        .forEach(client.conversation()::onStatus);
  }
}
