package dev.tapeline.chaos.history;

import dev.tapeline.chaos.history.Books.EpochKey;
import dev.tapeline.chaos.history.Books.Sighting;
import dev.tapeline.core.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins the publications with what clients saw. */
final class Ledger {

  static final String LOG = "log";

  /** A payload that a client got. */
  record Sight(
      String client,
      String node,
      String channel,
      @Nullable String epoch,
      long seq,
      String digest,
      long line) {}

  private record Logged(EpochKey key, long seq) {}

  private final Publications publications = new Publications();
  private final Books books = new Books();
  private final Set<Logged> logged = new HashSet<>();
  private final Findings findings;

  Ledger(Findings findings) {
    this.findings = findings;
  }

  Publications publications() {
    return publications;
  }

  Books books() {
    return books;
  }

  void on(Event.Published event, long line) {
    publications.on(event, line);
    if (event instanceof Event.Acknowledged(var publisher, var channel, var number, var position)
        && position != null) {
      Sent sent = publications.find(publisher, channel, number);
      if (sent != null) {
        books.put(channel, position, new Sighting(sent, publisher, line));
      }
    }
  }

  void logged(Event.Logged event, long line) {
    Position at = event.position();
    logged.add(new Logged(new EpochKey(event.channel(), at.epoch()), at.seq()));
    Sent sent = known(event.channel(), LOG, event.position(), event.digest(), line);
    if (sent != null) {
      books.put(event.channel(), event.position(), new Sighting(sent, LOG, line));
    }
  }

  /** Whether the log has a publication there. */
  boolean isLogged(EpochKey key, long seq) {
    return logged.contains(new Logged(key, seq));
  }

  void seen(Sight sight) {
    String epoch = sight.epoch() == null ? "?" : sight.epoch();
    Position position = new Position(epoch, sight.seq());
    Sent sent = known(sight.channel(), sight.client(), position, sight.digest(), sight.line());
    // The node's publications before its epoch have the number 0.
    if (sent != null && sight.epoch() != null && sight.seq() > 0) {
      books.put(sight.channel(), position, new Sighting(sent, sight.client(), sight.line()));
      checkNode(sight, sent, position);
    }
  }

  private @Nullable Sent known(
      String channel, String who, Position position, String digest, long line) {
    Sent sent = publications.find(digest);
    if (sent == null) {
      add(Breach.ALTERED, who, channel, position, line, "nobody published these bytes");
      return null;
    }
    if (!sent.channel.equals(channel)) {
      add(Breach.ALTERED, who, channel, position, line, sent + " was for " + sent.channel);
      return null;
    }
    return sent;
  }

  private void checkNode(Sight sight, Sent sent, Position position) {
    String before = sent.cameTo(sight.node(), position.epoch());
    if (before != null && !before.equals(position.epoch()) && !sent.wasRepeated()) {
      String text = "%s came to %s in epoch %s too".formatted(sent, sight.node(), before);
      add(Breach.SILENT_EPOCH, sight.client(), sight.channel(), position, sight.line(), text);
    }
  }

  private void add(Breach breach, String who, String channel, Position at, long line, String text) {
    findings.add(
        new BrokenLaw(breach, who, channel, at.epoch(), at.seq(), at.seq(), List.of(line), text));
  }
}
