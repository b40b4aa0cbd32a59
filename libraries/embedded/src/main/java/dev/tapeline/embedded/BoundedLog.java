package dev.tapeline.embedded;

import dev.tapeline.core.Append;
import dev.tapeline.core.ChannelLog.Entry;
import dev.tapeline.core.ChannelLog.Extract;
import dev.tapeline.core.LogBounds;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of one channel in one epoch. Its numbers continue when entries are dropped. The caller
 * gives the time, which never goes back. Not safe for several threads.
 */
final class BoundedLog {

  /** The approximate bytes of a log without entries. */
  private static final int OVERHEAD = 512;

  /** The approximate bytes of the objects of an entry. */
  private static final int ENTRY_OVERHEAD = 128;

  private final String epoch;
  private final LogBounds bounds;
  private final long ageMillis;
  private final LogCounters counters;
  private final EntryQueue entries = new EntryQueue();
  private final RecentIds ids = new RecentIds();
  private long seq;
  private long version;
  private long entryBytes;

  BoundedLog(String epoch, LogBounds bounds, LogCounters counters) {
    this.epoch = epoch;
    this.bounds = bounds;
    this.ageMillis = bounds.age().toSeconds() * 1000;
    this.counters = counters;
  }

  Position top() {
    return new Position(epoch, seq);
  }

  @Nullable Publication newest() {
    return entries.size() == 0 ? null : entries.get(entries.size() - 1).publication();
  }

  /** The approximate memory of the log. */
  long bytes() {
    return OVERHEAD + entryBytes + (long) ENTRY_OVERHEAD * entries.size() + ids.bytes();
  }

  /** Logs it, unless its id or its version forbids that. */
  Append.Result append(Append append, long now) {
    trim(now);
    Position first = append.id() == null ? null : ids.find(append.id());
    if (first != null) {
      return new Append.Result.Repeated(first);
    }
    if (append.version() != 0 && append.version() <= version) {
      return new Append.Result.Outdated(top());
    }
    seq++;
    version = Math.max(version, append.version());
    Position position = top();
    add(append.publication().at(position), now);
    if (append.id() != null) {
      ids.put(append.id(), position, now);
    }
    trim(now);
    return new Append.Result.Logged(position);
  }

  private void add(Publication publication, long now) {
    Entry entry = new Entry(publication, now);
    entries.add(entry);
    entryBytes += bytesOf(entry);
  }

  /** Drops what exceeds the bounds. */
  void trim(long now) {
    counters.idsForgotten += ids.trim(now);
    while (entries.size() > 0 && isTooMuch(now)) {
      entryBytes -= bytesOf(entries.removeOldest());
      counters.trimmed++;
    }
  }

  private boolean isTooMuch(long now) {
    return entries.size() > bounds.length()
        || (entryBytes > bounds.bytes() && entries.size() > 1)
        || now - entries.get(0).millis() >= ageMillis;
  }

  Extract after(long number, int limit) {
    return extract(Math.clamp(number - oldest() + 1, 0, entries.size()), limit);
  }

  Extract since(long millis, int limit) {
    return extract(entries.countBefore(millis), limit);
  }

  private Extract extract(int from, int limit) {
    int to = from + Math.min(limit, entries.size() - from);
    List<Entry> part = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      part.add(entries.get(i));
    }
    return new Extract(top(), oldest(), part);
  }

  private long oldest() {
    return seq - entries.size() + 1;
  }

  /** The size of a line of four numbers and the payload, which is the form of an entry on Redis. */
  static long bytesOf(Entry entry) {
    Publication publication = entry.publication();
    Position position = publication.position();
    return digits(position == null ? 0 : position.seq())
        + digits(entry.millis())
        + digits(publication.stamps().exchange())
        + digits(publication.stamps().ingest())
        + 4L // three spaces and the end of the line
        + publication.payload().length;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
