package dev.tapeline.chaos.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges a record by the laws 1 to 5. Reads it once, in order; holds a small object for each
 * publication and for each number that was seen, and nothing for each frame. Owned by one thread.
 *
 * <p>How: a client's frames are followed from position to position ({@link Streams}), so that
 * whatever is left out, comes again, or is merged wrongly shows at once. What it got is entered
 * into the book of that epoch, as are the publishers' acknowledgements and, at the end, the log:
 * each number has one publication there, whoever looks. Within a stretch of a book without holes
 * each publisher's acknowledged publications are whole and in order: that finds what a node itself
 * missed without beginning a new epoch ({@link RecordAudit}).
 */
public final class Checker {

  private final Findings findings = new Findings();
  private final Ledger ledger = new Ledger(findings);
  private final Streams streams = new Streams(ledger, findings);
  private final List<Event.Top> tops = new ArrayList<>();
  private long quietLine = Long.MAX_VALUE;
  private long lastLine;

  private Checker() {}

  public static RecordVerdict check(Stream<Entry> record) {
    Checker checker = new Checker();
    record.forEachOrdered(checker::accept);
    return checker.finish();
  }

  private void accept(Entry entry) {
    lastLine = entry.line();
    switch (entry.event()) {
      case Event.Published e -> ledger.on(e, entry.line());
      case Event.Seen e -> streams.on(e, entry.line());
      case Event.Connected e -> streams.on(e);
      case Event.Disconnected e -> streams.on(e);
      case Event.Logged e -> ledger.logged(e, entry.line());
      case Event.Top e -> tops.add(e);
      case Event.Quiet e -> quietLine = entry.line();
      case Event.Ended e -> streams.ended(entry.line(), sent -> sent.line > quietLine);
      case Event.Fault e -> lastLine = entry.line();
    }
  }

  private RecordVerdict finish() {
    if (lastLine == 0) {
      throw new HistoryException("the record is empty");
    }
    new RecordAudit(ledger, findings).run(tops);
    return new RecordVerdict(
        findings.kept(), findings.count(), ledger.publications().size(), streams.frames());
  }
}
