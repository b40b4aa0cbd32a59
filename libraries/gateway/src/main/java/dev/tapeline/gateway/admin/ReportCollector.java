package dev.tapeline.gateway.admin;

import dev.tapeline.core.admin.ConnectionReport;
import dev.tapeline.gateway.client.Client;
import dev.tapeline.gateway.client.Clients;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Collects the reports of all clients: each on its own lane, some at a time, so that the lane
 * serves others in between. May be used from any thread.
 */
final class ReportCollector {

  /** Clients and channels of theirs that are looked at before it is the lane's turn again. */
  private static final int AT_ONCE = 500;

  private final Clients clients;

  ReportCollector(Clients clients) {
    this.clients = clients;
  }

  CompletableFuture<List<ConnectionReport>> read() {
    Map<EventLoop, List<Client>> byLane = new HashMap<>();
    clients
        .all()
        .forEach(client ->
            byLane.computeIfAbsent(Clients.loopOf(client), lane -> new ArrayList<>()).add(client));
    List<Reading> readings =
        byLane.entrySet().stream()
            .map(lane -> new Reading(lane.getKey(), lane.getValue().iterator()))
            .toList();
    readings.forEach(Reading::next);
    return CompletableFuture.allOf(
            readings.stream().map(Reading::done).toArray(CompletableFuture[]::new))
        .thenApply(all -> readings.stream().flatMap(one -> one.found().stream()).toList());
  }

  /** What one lane has told so far. */
  private record Reading(
      EventLoop lane,
      Iterator<Client> left,
      List<ConnectionReport> found,
      CompletableFuture<Void> done) {

    Reading(EventLoop lane, Iterator<Client> left) {
      this(lane, left, new ArrayList<>(), new CompletableFuture<>());
    }

    void next() {
      try {
        lane.execute(this::readSome);
      } catch (RejectedExecutionException e) {
        done.complete(null); // the gateway is closing: what was told is all
      }
    }

    private void readSome() {
      int looked = 0;
      while (left.hasNext() && looked < AT_ONCE) {
        Client client = left.next();
        if (!client.isEnding()) {
          ConnectionReport report = client.report();
          looked += 1 + report.channels();
          found.add(report);
        }
      }
      if (left.hasNext()) {
        next();
      } else {
        done.complete(null);
      }
    }
  }
}
