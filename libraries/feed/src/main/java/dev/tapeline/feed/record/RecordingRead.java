package dev.tapeline.feed.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a recording from a time on. Until the time has come, the index says which blocks
 * have to be read: those without which the conversation can't be continued. Owned by one thread.
 */
final class RecordingRead {

  private final long from;
  private final long to;
  private final ArrivalRecording.Listener listener;
  private final Conversation before = new Conversation();
  private @Nullable PartHeader last;
  private boolean begun;
  private boolean ended;

  RecordingRead(long from, long to, ArrivalRecording.Listener listener) {
    this.from = from;
    this.to = to;
    this.listener = listener;
  }

  boolean goesOn() {
    return !ended && listener.goesOn();
  }

  /** Reads the next file. */
  void part(Path file) throws IOException, InterruptedException {
    try (PartReader reader = new PartReader(file)) {
      if (begun) {
        follow(reader, file);
      } else {
        beginIn(reader, file);
      }
    } catch (RecordingException e) {
      listener.onDamage("%s is left out: %s".formatted(file.getFileName(), e.getMessage()));
    }
  }

  /** Begins in this file if it reaches the time. */
  private void beginIn(PartReader reader, Path file) throws IOException, InterruptedException {
    List<PartIndex.Place> places = reader.index().places();
    if (places.isEmpty()) {
      blocks(reader, file, reader.begin()); // tells what is wrong
    }
    for (int i = 0; i < places.size(); i++) {
      BlockHead head = places.get(i).head();
      if (!head.isRestated() && head.last() >= from) {
        take(reader, file, places.subList(0, i));
        last = reader.header();
        listener.onConversation();
        blocks(reader, file, i == 0 ? reader.begin() : places.get(i - 1).end());
        return;
      }
    }
  }

  /** Takes the state of the conversation from the blocks before the first one that is played. */
  private void take(PartReader reader, Path file, List<PartIndex.Place> places) throws IOException {
    before.clear();
    for (PartIndex.Place place : places) {
      if (place.head().hasControl() && goesOn()) {
        entries(reader, file, place).forEach(before::take);
      }
    }
  }

  /** Goes on in the next file; it says the state of the conversation only to those who need it. */
  private void follow(PartReader reader, Path file) throws IOException, InterruptedException {
    PartHeader header = reader.header();
    if (!continues(header)) {
      before.clear();
      begun = false;
      listener.onConversation();
    }
    last = header;
    blocks(reader, file, reader.begin());
  }

  private boolean continues(PartHeader header) {
    return last != null && header.run() == last.run() && header.number() == last.number() + 1;
  }

  private void blocks(PartReader reader, Path file, long begin)
      throws IOException, InterruptedException {
    long at = begin;
    boolean more = true;
    while (more && goesOn()) {
      switch (reader.at(at)) {
        case PartReader.Found.Block(PartIndex.Place place) -> {
          block(reader, file, place);
          at = place.end();
        }
        case PartReader.Found.Damage(long offset, long next, String reason) -> {
          damage(file, offset, reason);
          at = next;
        }
        case PartReader.Found.End() -> more = false;
      }
    }
  }

  private void block(PartReader reader, Path file, PartIndex.Place place)
      throws IOException, InterruptedException {
    if (place.head().isRestated()) {
      if (!begun) {
        entries(reader, file, place).forEach(before::take);
      }
      return;
    }
    for (Entry entry : entries(reader, file, place)) {
      if (goesOn()) {
        entry(entry);
      }
    }
  }

  private void entry(Entry entry) throws InterruptedException {
    if (!begun) {
      if (entry.received() < from) {
        before.take(entry);
        return;
      }
      begun = true;
      before.restated().forEach(listener::onRestated);
    }
    if (entry.received() >= to) {
      ended = true;
    } else {
      listener.onEntry(entry);
    }
  }

  private List<Entry> entries(PartReader reader, Path file, PartIndex.Place place)
      throws IOException {
    try {
      return reader.entries(place);
    } catch (RecordingException e) {
      damage(file, place.offset(), e.getMessage());
      return List.of();
    }
  }

  private void damage(Path file, long offset, @Nullable String reason) {
    listener.onDamage("%s at byte %d: %s".formatted(file.getFileName(), offset, reason));
  }
}
