package dev.tapeline.chaos.history;

import dev.tapeline.chaos.history.Cursor.Phase;
import dev.tapeline.core.Pattern;
import dev.tapeline.core.Position;
import dev.tapeline.core.Selector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows each client on each channel, and finds frames that do not continue its position. */
final class Streams {

  private static final class Client {
    final String node;
    final Map<String, Cursor> cursors = new LinkedHashMap<>();

    Client(String node) {
      this.node = node;
    }
  }

  private final Map<String, Client> clients = new HashMap<>();
  private final Ledger ledger;
  private final Findings findings;
  private long frames;

  Streams(Ledger ledger, Findings findings) {
    this.ledger = ledger;
    this.findings = findings;
  }

  long frames() {
    return frames;
  }

  void on(Event.Connected event) {
    clients.put(event.client(), new Client(event.node()));
  }

  void on(Event.Disconnected event) {
    clients.remove(event.client());
  }

  void on(Event.Seen event, long line) {
    Client client = clients.get(event.client());
    if (client == null) {
      throw new HistoryException("line %d: %s is not connected".formatted(line, event.client()));
    }
    switch (event) {
      case Event.Asked e ->
          client.cursors.put(e.channel(), Cursor.asked(e, isPattern(e.channel())));
      case Event.Subscribed e -> subscribed(client, e, line);
      case Event.Data e -> new Step(client, e, line).data(e.seq(), e.seq(), e.epoch(), e.digest());
      case Event.Merged e -> merged(new Step(client, e, line), e);
      case Event.Snapshot e -> new Step(client, e, line).snapshot(e);
      case Event.Gap e -> new Step(client, e, line).gap(e);
      case Event.Epoch e -> new Step(client, e, line).epoch(e);
      case Event.Mode e -> new Step(client, e, line).cursor.latest = e.latest();
    }
  }

  private static boolean isPattern(String channel) {
    return Selector.parse(channel) instanceof Pattern;
  }

  private void subscribed(Client client, Event.Subscribed event, long line) {
    Step step = new Step(client, event, line);
    Position position = event.position();
    if (position == null) {
      step.cursor.phase = Phase.PENDING;
    } else if (event.recovered()) {
      step.recovered(position);
    } else {
      step.cursor.place(position.epoch(), position.seq(), Phase.SEAM);
    }
  }

  private static void merged(Step step, Event.Merged event) {
    step.merged(event);
    step.data(event.from(), event.seq(), event.epoch(), event.digest());
  }

  /**
   * Checks that each client connected at the end has the newest publications of its subscriptions.
   */
  void ended(long line, java.util.function.Predicate<Sent> isExpected) {
    clients.forEach((name, client) -> {
      for (String channel : ledger.publications().channels()) {
        Sent newest = ledger.publications().newest(channel);
        if (newest != null && isExpected.test(newest) && wants(client, channel)) {
          Cursor cursor = client.cursors.get(channel);
          if (cursor == null || !cursor.digest.equals(newest.digest)) {
            notLive(name, channel, cursor, newest, line);
          }
        }
      }
    });
  }

  private static boolean wants(Client client, String channel) {
    return client.cursors.keySet().stream().anyMatch(c -> Selector.parse(c).matches(channel));
  }

  private void notLive(
      String client, String channel, @Nullable Cursor cursor, Sent newest, long line) {
    String state = cursor == null ? "has nothing of it" : "stands in phase " + cursor.phase;
    long seq = cursor == null ? 0 : cursor.seq;
    String epoch = cursor == null ? "?" : cursor.epochText();
    findings.add(
        new BrokenLaw(
            Breach.NOT_LIVE,
            client,
            channel,
            epoch,
            seq,
            seq,
            List.of(newest.line, line),
            state + "; " + newest + " has not come"));
  }

  /** One event of a client on a channel. */
  private final class Step {

    private final Client client;
    private final String who;
    private final String channel;
    private final long line;
    private final Cursor cursor;

    Step(Client client, Event.Seen event, long line) {
      this.client = client;
      this.who = event.client();
      this.channel = event.channel();
      this.line = line;
      this.cursor =
          client.cursors.computeIfAbsent(channel, c -> Cursor.announced(latestByPattern()));
    }

    private boolean latestByPattern() {
      boolean latest = false;
      for (Map.Entry<String, Cursor> asked : client.cursors.entrySet()) {
        if (asked.getValue().byPattern && Selector.parse(asked.getKey()).matches(channel)) {
          if (!asked.getValue().latest) {
            return false;
          }
          latest = true;
        }
      }
      return latest;
    }

    void report(Breach breach, long from, long to, String text) {
      List<Long> lines = cursor.line == 0 ? List.of(line) : List.of(cursor.line, line);
      findings.add(new BrokenLaw(breach, who, channel, cursor.epochText(), from, to, lines, text));
    }

    void recovered(Position answered) {
      Position held = cursor.recover;
      if (held == null) {
        report(Breach.PARTIAL_RECOVERY, 0, answered.seq(), "recovered, but nothing was asked for");
        cursor.place(answered.epoch(), answered.seq(), Phase.SEAM);
      } else if (!held.epoch().equals(answered.epoch()) || answered.seq() < held.seq()) {
        report(
            Breach.PARTIAL_RECOVERY,
            held.seq(),
            answered.seq(),
            "recovered from %s to %s".formatted(held, answered));
        cursor.place(answered.epoch(), answered.seq(), Phase.SEAM);
      } else {
        cursor.recovering(held, answered.seq());
      }
    }

    void data(long from, long seq, @Nullable String announced, String digest) {
      frames++;
      if (announced != null && !announced.equals(cursor.epoch)) {
        cursor.place(announced, from - 1, Phase.LIVE);
      } else if (!cursor.isPlaced()) {
        report(Breach.SILENT_EPOCH, from, seq, "data, but the client was told no position");
        cursor.place(null, from - 1, Phase.LIVE);
      }
      compare(from, seq);
      take(seq, digest);
      cursor.advance(seq);
    }

    private void compare(long from, long seq) {
      if (from > cursor.seq + 1) {
        report(lossHere(), cursor.seq + 1, from - 1, "left out, and not told to be missing");
        cursor.leaveOut(cursor.seq + 1, from - 1);
      } else if (from <= cursor.seq) {
        repeated(from, seq);
      }
    }

    private Breach lossHere() {
      return switch (cursor.phase) {
        case RECOVERING -> Breach.PARTIAL_RECOVERY;
        case SEAM -> Breach.SEAM_LOST;
        default -> Breach.LOST;
      };
    }

    private void repeated(long from, long seq) {
      if (seq > cursor.seq) {
        report(Breach.WRONG_MERGE, from, cursor.seq, "merged, but the client had it");
      } else if (cursor.wasLeftOut(seq)) {
        report(Breach.DISORDERED, seq, seq, "after " + cursor.seq);
      } else if (seq == 1 && cursor.seq > 1) {
        report(Breach.SILENT_EPOCH, seq, seq, "the numbers begin again after " + cursor.seq);
      } else {
        Breach breach = cursor.phase == Phase.SEAM ? Breach.SEAM_DOUBLED : Breach.DOUBLED;
        report(breach, from, seq, "again, the client stands at " + cursor.seq);
      }
    }

    private void take(long seq, String digest) {
      cursor.line = line;
      cursor.digest = digest;
      cursor.afterGap = false;
      ledger.seen(new Ledger.Sight(who, client.node, channel, cursor.epoch, seq, digest, line));
    }

    void merged(Event.Merged event) {
      if (event.merged() != event.seq() - event.from() + 1) {
        String text = "%d are said to be merged".formatted(event.merged());
        report(Breach.WRONG_MERGE, event.from(), event.seq(), text);
      }
      if (!cursor.latest) {
        report(Breach.MERGED_IN_ALL, event.from(), event.seq(), "merged in mode all");
      }
    }

    void snapshot(Event.Snapshot event) {
      frames++;
      if (event.epoch() != null && !event.epoch().equals(cursor.epoch)) {
        cursor.place(event.epoch(), event.seq(), Phase.SEAM);
      } else if (!cursor.isPlaced()) {
        report(Breach.SILENT_EPOCH, event.seq(), event.seq(), "a snapshot without a position");
        cursor.place(null, event.seq(), Phase.SEAM);
      }
      compareSnapshot(event.seq());
      take(event.seq(), event.digest());
      cursor.seq = Math.max(cursor.seq, event.seq());
      cursor.phase = Phase.SEAM;
    }

    private void compareSnapshot(long seq) {
      if (seq > cursor.seq && !cursor.afterGap) {
        report(lossHere(), cursor.seq + 1, seq, "jumped over by a snapshot");
      } else if (seq < cursor.seq) {
        report(Breach.SEAM_LOST, seq + 1, cursor.seq, "a snapshot older than its position");
      }
    }

    void gap(Event.Gap event) {
      if (cursor.phase == Phase.RECOVERING) {
        report(Breach.PARTIAL_RECOVERY, event.from(), event.to(), "a gap in a recovery");
      }
      if (event.from() != cursor.seq + 1 || event.to() < event.from()) {
        String text = "a gap, but the client stands at " + cursor.seq;
        report(Breach.WRONG_GAP, event.from(), event.to(), text);
      }
      cursor.advance(event.to());
      cursor.afterGap = true;
    }

    void epoch(Event.Epoch event) {
      Position position = event.position();
      if (cursor.phase == Phase.RECOVERING) {
        report(
            Breach.PARTIAL_RECOVERY,
            cursor.seq + 1,
            cursor.recoverTo,
            "ended by epoch " + position.epoch());
      } else if (position.epoch().equals(cursor.epoch) && position.seq() != cursor.seq) {
        report(lossHere(), cursor.seq, position.seq(), "moved within its epoch");
      }
      cursor.place(position.epoch(), position.seq(), Phase.LIVE);
    }
  }
}
