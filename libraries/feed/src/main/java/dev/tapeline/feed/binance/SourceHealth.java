package dev.tapeline.feed.binance;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.vendor.SourceNotes;
import dev.tapeline.feed.vendor.VendorLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sums up how the source is, and tells it when that changes. Owned by the thread of its feed. */
final class SourceHealth {

  private static final int MAX_NAMED = 5;

  private final VendorLink link;
  private final StreamSlots slots;
  private final BinanceCalls calls;
  private final InstrumentLookup lookup;
  private final SourceNotes notes;
  private FeedStatus.@Nullable State state;
  private @Nullable String reason;

  SourceHealth(
      VendorLink link,
      StreamSlots slots,
      BinanceCalls calls,
      InstrumentLookup lookup,
      SourceNotes notes) {
    this.link = link;
    this.slots = slots;
    this.calls = calls;
    this.lookup = lookup;
    this.notes = notes;
  }

  /** Tells the state if it is another one than before, or has another reason. */
  void tell(Map<String, PairFeed> pairs, long now) {
    String problem = slots.problem();
    if (slots.isIdle()) {
      tell(FeedStatus.State.CLOSED, "nothing is watched");
    } else if (problem != null) {
      tell(FeedStatus.State.DOWN, problem);
    } else {
      tell(FeedStatus.State.LIVE, remarks(pairs, now));
    }
  }

  private void tell(FeedStatus.State now, @Nullable String why) {
    if (state != now || !Objects.equals(reason, why)) {
      state = now;
      reason = why;
      link.tell(now, why);
    }
  }

  /** What is amiss although the streams flow; null if nothing is. */
  private @Nullable String remarks(Map<String, PairFeed> pairs, long now) {
    List<String> remarks = new ArrayList<>();
    String rest = calls.restReason(now);
    if (rest != null) {
      remarks.add(rest);
    }
    if (slots.refused() > 0) {
      List<String> refused = new ArrayList<>();
      slots.forEachRefused(refused::add);
      remarks.add("refused: " + named(refused));
    }
    List<String> withoutBook = new ArrayList<>();
    pairs.forEach((symbol, pair) -> {
      if (pair.isBookGivenUp()) {
        withoutBook.add(symbol);
      }
    });
    if (!withoutBook.isEmpty()) {
      remarks.add("no book of " + named(List.copyOf(new TreeSet<>(withoutBook))));
    }
    List<String> troubles = lookup.troubles();
    if (!troubles.isEmpty()) {
      remarks.add(named(troubles));
    }
    remarks.addAll(notes.recent(now));
    return remarks.isEmpty() ? null : String.join("; ", remarks);
  }

  private static String named(List<String> all) {
    String names = String.join(", ", all.subList(0, Math.min(MAX_NAMED, all.size())));
    return all.size() > MAX_NAMED
        ? "%s and %d more".formatted(names, all.size() - MAX_NAMED)
        : names;
  }
}
