package dev.tapeline.feed.vendor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What has lately happened to the source, for its status. Owned by the thread of its feed. */
public final class SourceNotes {

  private static final int MAX_NOTES = 5;
  private static final long SHOWN_MILLIS = Duration.ofMinutes(5).toMillis();

  private record Note(long since, String text) {}

  private final Deque<Note> notes = new ArrayDeque<>();

  public void add(long now, String text) {
    if (notes.size() == MAX_NOTES) {
      notes.removeFirst();
    }
    notes.addLast(new Note(now, text));
  }

  /** Those of the last minutes, the oldest first. */
  public List<String> recent(long now) {
    return notes.stream().filter(note -> now - note.since < SHOWN_MILLIS).map(Note::text).toList();
  }
}
