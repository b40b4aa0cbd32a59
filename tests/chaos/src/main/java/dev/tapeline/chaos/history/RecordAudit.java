package dev.tapeline.chaos.history;

import dev.tapeline.chaos.history.Books.Conflict;
import dev.tapeline.chaos.history.Books.EpochKey;
import dev.tapeline.chaos.history.Books.Sighting;
import dev.tapeline.core.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** The checks that need the whole record. */
final class RecordAudit {

  private final Ledger ledger;
  private final Findings findings;

  RecordAudit(Ledger ledger, Findings findings) {
    this.ledger = ledger;
    this.findings = findings;
  }

  void run(List<Event.Top> tops) {
    ledger.books().conflicts().forEach(this::conflict);
    ledger.books().all().forEach(this::book);
    tops.forEach(this::log);
  }

  /**
   * Judges two publications at one number: a fault of the numbering, or a client in the wrong
   * epoch.
   */
  private void conflict(Conflict conflict) {
    Sent second = conflict.second().sent();
    boolean elsewhere = isElsewhere(second, conflict.key());
    Breach breach =
        elsewhere
            ? Breach.SILENT_EPOCH
            : bothNumbered(conflict) ? Breach.NUMBER_TWICE : Breach.NOT_THE_SAME;
    add(
        breach,
        conflict.second().who(),
        conflict.key(),
        conflict.seq(),
        List.of(conflict.first().line(), conflict.second().line()),
        "%s, but %s for %s".formatted(second, conflict.first().sent(), conflict.first().who()));
  }

  private static boolean isElsewhere(Sent sent, EpochKey key) {
    return !sent.wasRepeated()
        && !sent.positions().isEmpty()
        && sent.positions().stream().noneMatch(p -> p.epoch().equals(key.epoch()));
  }

  private static boolean bothNumbered(Conflict conflict) {
    return isPublisher(conflict.first()) && isPublisher(conflict.second());
  }

  private static boolean isPublisher(Sighting sighting) {
    return sighting.who().equals(sighting.sent().publisher);
  }

  private void book(EpochKey key, NavigableMap<Long, Sighting> book) {
    book.forEach((seq, sighting) -> position(key, seq, sighting));
    numbers(key, book);
    order(key, book);
  }

  /** Checks that a publication was seen at the position that its publisher was told. */
  private void position(EpochKey key, long seq, Sighting seen) {
    Sent sent = seen.sent();
    if (sent.outcome() == Sent.Outcome.REFUSED) {
      add(Breach.REFUSED_CAME, seen.who(), key, seq, List.of(seen.line()), sent + " was refused");
    }
    if (isElsewhere(sent, key)) {
      String text = "%s is at %s".formatted(sent, sent.positions());
      add(Breach.SILENT_EPOCH, seen.who(), key, seq, List.of(seen.line()), text);
    }
  }

  /** Checks that no publication has two numbers. */
  private void numbers(EpochKey key, NavigableMap<Long, Sighting> book) {
    Map<Sent, Long> first = new HashMap<>();
    book.forEach((seq, seen) -> {
      Long before = first.putIfAbsent(seen.sent(), seq);
      if (before != null) {
        String text = "%s has the number %d too".formatted(seen.sent(), before);
        add(Breach.NUMBER_TWICE, seen.who(), key, seq, List.of(seen.line()), text);
      }
    });
  }

  /**
   * Within numbers without holes, each publisher's acknowledged ones are whole and in order. One of
   * which it is not known whether it was taken may come much later, from a server that was frozen.
   */
  private void order(EpochKey key, NavigableMap<Long, Sighting> book) {
    Map<String, Sent> last = new HashMap<>();
    long before = 0;
    for (Map.Entry<Long, Sighting> next : book.entrySet()) {
      if (next.getKey() != before + 1) {
        last.clear();
      }
      before = next.getKey();
      Sent sent = next.getValue().sent();
      Sent previous = last.get(sent.publisher);
      if (sent.isAcknowledged() && (previous == null || previous.number < sent.number)) {
        last.put(sent.publisher, sent);
      }
      if (previous != null) {
        follow(key, next.getKey(), next.getValue(), previous);
      }
    }
  }

  private void follow(EpochKey key, long seq, Sighting seen, Sent previous) {
    Sent sent = seen.sent();
    if (sent.number < previous.number && sent.isAcknowledged() && !sent.wasRepeated()) {
      String text = "%s comes after %s".formatted(sent, previous);
      add(Breach.DISORDERED, seen.who(), key, seq, List.of(seen.line()), text);
    }
    for (long number = previous.number + 1; number < sent.number; number++) {
      Sent between = ledger.publications().find(sent.publisher, key.channel(), number);
      if (between != null && between.isAcknowledged() && between.positions().isEmpty()) {
        String text = "%s is missing in front of %s".formatted(between, sent);
        add(Breach.LOST, seen.who(), key, seq, List.of(between.line, seen.line()), text);
      }
    }
  }

  /** Checks that what was acknowledged in the last epoch is in its log. */
  private void log(Event.Top top) {
    String epoch = top.position().epoch();
    EpochKey key = new EpochKey(top.channel(), epoch);
    for (Sent sent : ledger.publications().all()) {
      for (Position position : sent.positions()) {
        if (sent.channel.equals(top.channel()) && position.epoch().equals(epoch)) {
          found(key, top, sent, position.seq());
        }
      }
    }
    ledger
        .books()
        .book(top.channel(), epoch)
        .tailMap(top.position().seq(), false)
        .forEach((seq, seen) ->
            add(
                Breach.ACKNOWLEDGED_LOST,
                seen.who(),
                key,
                seq,
                List.of(seen.line()),
                "seen, but the log ends at " + top.position().seq()));
  }

  private void found(EpochKey key, Event.Top top, Sent sent, long seq) {
    if (seq < top.oldest() || seq > top.position().seq()) {
      return;
    }
    if (!ledger.isLogged(key, seq)) {
      String text = sent + " is not in the log";
      add(Breach.ACKNOWLEDGED_LOST, Ledger.LOG, key, seq, List.of(sent.line), text);
    }
  }

  private void add(
      Breach breach, String who, EpochKey key, long seq, List<Long> lines, String text) {
    findings.add(new BrokenLaw(breach, who, key.channel(), key.epoch(), seq, seq, lines, text));
  }
}
