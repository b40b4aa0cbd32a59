package dev.tapeline.feed.deribit;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.vendor.VendorLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sums up how the source is, and tells it when that changes. Owned by the thread of its feed. */
final class DeribitHealth {

  private static final int MAX_NAMED = 5;

  private final VendorLink link;
  private final DeribitSocket socket;
  private FeedStatus.@Nullable State state;
  private @Nullable String reason;

  DeribitHealth(VendorLink link, DeribitSocket socket) {
    this.link = link;
    this.socket = socket;
  }

  /**
   * Tells the state if it is another one than before, or has another reason.
   *
   * @param voidBooks the instruments whose books are void
   * @param missingLists the lists of instruments that have never come
   * @param notes what has lately happened
   */
  void tell(
      Collection<String> voidBooks, Collection<String> missingLists, Collection<String> notes) {
    String problem = socket.problem();
    if (socket.isIdle()) {
      tell(FeedStatus.State.CLOSED, "nothing is watched");
    } else if (problem != null) {
      tell(FeedStatus.State.DOWN, problem);
    } else {
      tell(FeedStatus.State.LIVE, remarks(voidBooks, missingLists, notes));
    }
  }

  private void tell(FeedStatus.State now, @Nullable String why) {
    if (state != now || !Objects.equals(reason, why)) {
      state = now;
      reason = why;
      link.tell(now, why);
    }
  }

  /** What is amiss although data flows; null if nothing is. */
  private @Nullable String remarks(
      Collection<String> voidBooks, Collection<String> missingLists, Collection<String> notes) {
    List<String> remarks = new ArrayList<>();
    add(remarks, "refused: ", socket.refusedChannels());
    add(remarks, "no book of ", voidBooks);
    add(remarks, "not listed yet: ", missingLists);
    if (socket.left() > 0) {
      remarks.add("%d channels too many".formatted(socket.left()));
    }
    remarks.addAll(notes);
    return remarks.isEmpty() ? null : String.join("; ", remarks);
  }

  private static void add(List<String> remarks, String text, Collection<String> names) {
    if (!names.isEmpty()) {
      String some =
          names.stream().limit(MAX_NAMED).reduce((one, next) -> one + ", " + next).orElse("");
      int more = names.size() - MAX_NAMED;
      remarks.add(text + some + (more > 0 ? " and %d more".formatted(more) : ""));
    }
  }
}
