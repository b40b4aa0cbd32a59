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
 * Collects the reports of all clients on their lanes, some at a time, so that a lane serves its
 * clients in between. May be used from any thread.
 */
final class ReportCollector {

  /** The clients and channels that are read in one step. */
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

  /** The reports that one lane has given so far. */
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
        done.complete(null); // the gateway is closing: no more reports come
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
