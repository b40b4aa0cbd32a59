package dev.tapeline.chaos.history;

import java.util.ArrayList;
import java.util.List;

/** The findings of one record: all are counted, the first ones kept. */
final class Findings {

  static final int MAX_KEPT = 200;

  private final List<BrokenLaw> kept = new ArrayList<>();
  private long count;

  void add(BrokenLaw finding) {
    count++;
    if (kept.size() < MAX_KEPT) {
      kept.add(finding);
    }
  }

  List<BrokenLaw> kept() {
    return List.copyOf(kept);
  }

  long count() {
    return count;
  }
}
