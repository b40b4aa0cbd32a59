package dev.tapeline.feed.dhan.master;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The rows taken from a file, in its order. Owned by the thread that builds a master. */
final class MasterRows {

  private final MasterColumns columns = new MasterColumns();
  private final Dictionary<String> tickers = new Dictionary<>();
  private final IntColumn tickerNumbers = new IntColumn();
  private final IntColumn shareIds = new IntColumn();
  private final List<String> names = new ArrayList<>();

  void add(MasterRow row) {
    columns.add(row);
    tickerNumbers.add(tickers.add(row.ticker()));
    shareIds.add(row.shareId());
    names.add(row.name());
  }

  int size() {
    return columns.size();
  }

  MasterColumns columns() {
    return columns;
  }

  String name(int row) {
    return names.get(row);
  }

  String ticker(int row) {
    return String.valueOf(tickers.get(tickerNumbers.get(row)));
  }

  int shareId(int row) {
    return shareIds.get(row);
  }

  /** The rows by segment and security id; of those with the same key only the last. */
  int[] byKey() {
    int[] sorted =
        IntStream.range(0, size())
            .boxed()
            .sorted(columns::compareKeys) // stable: the last of a key stays the last
            .mapToInt(Integer::intValue)
            .toArray();
    return IntStream.range(0, sorted.length)
        .filter(i -> i + 1 == sorted.length || columns.compareKeys(sorted[i], sorted[i + 1]) != 0)
        .map(i -> sorted[i])
        .toArray();
  }
}
