package dev.tapeline.gateway.admin;

import dev.tapeline.access.audit.Audit;
import dev.tapeline.core.admin.Administration;
import dev.tapeline.core.admin.ChannelReport;
import dev.tapeline.core.admin.ConnectionReport;
import dev.tapeline.gateway.client.Clients;
import dev.tapeline.hub.topic.Hub;
import dev.tapeline.protocols.spi.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Shows administrators this node's clients and channels, and acts on them. Each act is written to
 * the log {@code tapeline.audit}. May be used from any thread but a lane's.
 */
public final class ConnectionAdministration implements Administration {

  private final Clients clients;
  private final ReportCollector reports;
  private final Hub hub;
  private final Audit audit;

  public ConnectionAdministration(Clients clients, Hub hub, Audit audit) {
    this.clients = clients;
    this.reports = new ReportCollector(clients);
    this.hub = hub;
    this.audit = audit;
  }

  @Override
  public CompletionStage<List<ConnectionReport>> connections() {
    return reports.read();
  }

  @Override
  public List<ChannelReport> channels() {
    return hub.reports(System.nanoTime());
  }

  @Override
  public CompletionStage<Integer> close(
      Predicate<ConnectionReport> wanted, boolean reconnect, String by) {
    CloseReason reason = reconnect ? CloseReason.MOVED : CloseReason.CLOSED_BY_ADMIN;
    return reports
        .read()
        .thenApply(all -> {
          List<ConnectionReport> found = all.stream().filter(wanted).toList();
          found.forEach(one -> close(one, reason, by));
          return found.size();
        });
  }

  private void close(ConnectionReport one, CloseReason reason, String by) {
    audit.did(
        by,
        "closed connection %s of %s from %s with %d"
            .formatted(one.id(), one.user(), one.address(), reason.code()));
    clients.find(one.id()).ifPresent(client -> Clients.onLane(client, it -> it.close(reason)));
  }

  @Override
  public int moveAll(Duration within, String by) {
    int count = clients.sendAway(within, Duration.ZERO, CloseReason.MOVED);
    audit.did(by, "moved all %d connections within %s".formatted(count, within));
    return count;
  }
}
