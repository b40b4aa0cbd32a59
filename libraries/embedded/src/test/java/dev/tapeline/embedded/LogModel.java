package dev.tapeline.embedded;

import dev.tapeline.core.LogBounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A durable channel as plainly as it can be said: all there ever was, and what is left of it. */
final class LogModel {

  private final LogBounds bounds;
  private final List<Logged> all = new ArrayList<>();
  private final List<Known> ids = new ArrayList<>();
  private long version;
  private int gone;

  LogModel(LogBounds bounds) {
    this.bounds = bounds;
  }

  /** A publication with its number, and when it was logged. */
  record Logged(long seq, String text, long millis) {

    private long bytes() {
      return "%d %d 0 0\n%s".formatted(seq, millis, text).length();
    }
  }

  private record Known(String id, long seq, long millis) {}

  /** What is answered, such as {@code logged 3}. */
  String append(String text, String id, long newVersion, long now) {
    trim(now);
    Map<String, Long> known = new HashMap<>();
    ids.stream().filter(it -> now - it.millis < 120_000).forEach(it -> known.put(it.id, it.seq));
    if (known.containsKey(id)) {
      return "repeated " + known.get(id);
    }
    if (newVersion > 0 && newVersion <= version) {
      return "outdated " + all.size();
    }
    version = Math.max(version, newVersion);
    all.add(new Logged(all.size() + 1, text, now));
    if (!id.isEmpty()) {
      ids.add(new Known(id, all.size(), now));
    }
    trim(now);
    return "logged " + all.size();
  }

  private void trim(long now) {
    while (gone < all.size() && isTooMuch(now)) {
      gone++;
    }
  }

  private boolean isTooMuch(long now) {
    List<Logged> left = left();
    return left.size() > bounds.length()
        || left.getFirst().millis() + bounds.age().toMillis() <= now
        || (left.size() > 1 && left.stream().mapToLong(Logged::bytes).sum() > bounds.bytes());
  }

  private List<Logged> left() {
    return all.subList(gone, all.size());
  }

  List<Logged> after(long seq, int limit, long now) {
    trim(now);
    return left().stream().filter(it -> it.seq > seq).limit(limit).toList();
  }

  List<Logged> since(long millis, int limit, long now) {
    trim(now);
    return left().stream().filter(it -> it.millis >= millis).limit(limit).toList();
  }

  long oldest() {
    return gone + 1;
  }
}
