package dev.tapeline.feed.dhan.master;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a file of the master.
 *
 * @param rows all rows below the header
 * @param taken the rows that are instruments now
 * @param dropped the others by reason; reasons without rows are left out
 * @param renamed instruments whose symbol another one has already, so that it has a suffix
 * @param withoutTick instruments whose tick size can't be read, and is 0
 * @param problem why the file as a whole can't be right: no header, a missing column, an end in the
 *     middle of a row; null if it can be
 */
public record MasterReport(
    int rows,
    int taken,
    Map<DropReason, Integer> dropped,
    int renamed,
    int withoutTick,
    @Nullable String problem) {

  public MasterReport {
    dropped = Map.copyOf(dropped);
  }

  /** The number of rows dropped for a reason. */
  public int dropped(DropReason reason) {
    return dropped.getOrDefault(reason, 0);
  }

  @Override
  public String toString() {
    return "%d rows, %d taken, %d renamed, %d without tick size, dropped %s%s"
        .formatted(
            rows,
            taken,
            renamed,
            withoutTick,
            new TreeMap<>(dropped),
            problem == null ? "" : ": " + problem);
  }
}
